"""Lists the names that fill the slots of simulated stories."""

from __future__ import annotations

FIRST = (
    "Alice", "Bernard", "Carla", "Desmond", "Edith", "Frank", "Greta", "Harold", "Imani", "Jorge", "Karen", "Leon",
    "Marta", "Nolan", "Olive", "Pedro", "Quentin", "Rosa", "Stuart", "Tamika", "Ulric", "Vera", "Wesley", "Yolanda",
)  # fmt: skip
LAST = (
    "Abernall", "Brockway", "Castermill", "Dunleith", "Ellsberry", "Farrowgate", "Grimsby", "Holloway", "Ivers",
    "Jessop", "Kettering", "Lockridge", "Marchbank", "Nettlefold", "Ormsby", "Pettibone", "Quarles", "Rushmore",
    "Sandoval", "Thistlewood", "Underhill", "Vanterpool", "Wexford", "Yarbrough",
)  # fmt: skip
STREETS = (
    "Maple Street", "Quarry Road", "Depot Avenue", "Third Street", "Orchard Lane", "Foundry Road", "Mill Street",
    "Riverfront Drive", "Cemetery Road", "Harvest Boulevard", "Church Street", "Old Ferry Road", "Lantern Way",
)  # fmt: skip
COMPANIES = (
    "Barrow & Finch", "Prairie Lantern Foods", "Osgood Tool and Die", "Cloverleaf Creamery", "Hartsell Seed",
    "Blue Heron Coffee", "Redline Freight", "Tilden Hardware", "Pinwheel Books", "Copper Kettle Bakery",
)  # fmt: skip
SCHOOLS = (
    "Lincoln Elementary", "Prairie View Middle School", "North High School", "Hawthorne Elementary",
    "Central High School", "Meadowlark Elementary", "Bluff Street School", "Riverside Academy",
)  # fmt: skip
ROLES = (
    "city manager", "county commissioner", "fire marshal", "school superintendent", "police spokesperson",
    "hospital administrator", "public works director", "volunteer coordinator",
)  # fmt: skip
ITEMS = ("a space heater", "an overloaded outlet", "a kitchen stove", "a dryer vent", "faulty wiring", "a wood stove")
CROPS = ("corn", "soybeans", "winter wheat", "sorghum", "alfalfa")
SPORTS = ("basketball", "volleyball", "wrestling", "football", "soccer")
PETS = ("Biscuit", "Pepper", "Clover", "Waffles", "Duke", "Juniper", "Mabel", "Otis")
BREEDS = ("beagle mix", "gray tabby", "retired greyhound", "border collie", "calico cat", "three-legged terrier")
CHARGES = ("burglary", "theft", "assault", "forgery", "vandalism", "reckless driving", "fraud")
EVENTS = (
    "Lantern Parade", "Harvest Supper", "Winter Market", "Tree Lighting", "Coat Drive", "Chili Cook-Off",
    "Quilt Show", "River Clean-Up", "Toy Drive", "Heritage Days",
)  # fmt: skip
ORGANIZATIONS = (
    "Orrin County Library", "Saint Orrin Public Schools", "Millbarrow R-4 Schools", "Vesper Senior Center",
    "First Lutheran Church of Elmsworth", "Tannery Creek Community Center", "Prairie State Technical College",
    "Little Sprouts Daycare", "Elmsworth Public Schools", "Galeton Springs School District", "Lindenhall YMCA",
    "Osprey Mills Consolidated Schools", "Redbank Ferry City Hall", "New Carrow Head Start", "Vesper Meals on Wheels",
)  # fmt: skip
