"""Lists the sentence patterns of everyday topics: health, cold, fires, games, pets, farms, shops, events."""

from __future__ import annotations

LIFE: dict[str, dict[str, list[str]]] = {
    "flu": {
        "headlines": [
            "Flu cases climb in {county}", "{town} clinic offers free flu shots {next_day}",
            "Hospital limits visitors as flu spreads", "Doctors in {town} see {percent} percent more flu",
        ],
        "leads": [
            "The {county} health department counted {hundreds} cases of the flu last week.",
            "A clinic on {street} will give free flu shots {next_day}, while supplies last.",
            "The hospital in {town} asked visitors with a cough to stay home, starting {weekday}.",
        ],
        "details": [
            "That is up {percent} percent from the week before.",
            "{school} sent {m} students home with a fever {weekday}.",
            "Nurses say it takes about two weeks for the shot to work.",
            "The county has {hundreds} doses left.",
        ],
        "quotes": [
            "Wash your hands and stay home when you are sick", "It came early this year, and it came hard",
            "The shot is not perfect, but it keeps people out of my ward",
        ],
    },
    "pipes": {
        "headlines": [
            "Warming shelter opens in {town} as cold sets in", "How to keep your pipes from freezing",
            "Bitter cold keeps plumbers in {town} busy", "{county} braces for dangerous wind chills",
        ],
        "leads": [
            "A warming shelter on {street} took in {m} people {weekday} night as the cold settled over {county}.",
            "Plumbers in {town} answered {n} calls for frozen pipes before breakfast {weekday}.",
            "Wind chills far below zero are expected across {county} through {next_day}.",
        ],
        "details": [
            "Experts say to let faucets drip and to open the doors under the sink.",
            "Frostbite can begin in {n} minutes on bare skin.",
            "The shelter needs blankets and {hundreds} pairs of gloves.",
            "The power company asked customers to save where they can.",
        ],
        "quotes": [
            "Check on your neighbors, especially the ones who will not ask", "Nobody should sleep outside tonight",
        ],
    },
    "fire": {
        "headlines": [
            "Family of {small} safe after fire on {street}", "{town} firefighters battle house fire in the cold",
            "Fire marshal: {item_short} started {street} fire", "Smoke alarm saves {town} family",
        ],
        "leads": [
            "A family of {small} got out of a burning house on {street} early {weekday}.",
            "Firefighters from {town} and {other_town} fought a house fire on {street} for {small} hours {weekday}.",
            "A fire that damaged a house on {street} {weekday} began with {item}, investigators say.",
        ],
        "details": [
            "Damage is put at {money}.", "The Red Cross is helping the family.",
            "Water froze on the ladders as crews worked.", "Two cats were carried out by a firefighter.",
            "It was the {n}th house fire in {town} this winter.",
        ],
        "quotes": [
            "The alarm gave them two minutes, and two minutes was enough", "Keep heaters away from curtains",
        ],
    },
    "games": {
        "headlines": [
            "{team} rally past {other_team} {score}", "{team} punch ticket to {sport} finals",
            "Athlete of the week: {person} of {town}", "{sport_title} roundup: {team} win {score}",
        ],
        "leads": [
            "The {team} beat the {other_team} {score} {weekday} night in {sport}.",
            "{person} led the {team} with {n} points in a {score} win over the {other_team}.",
            "It took overtime, but the {team} held off the {other_team} {score} {weekday}.",
        ],
        "details": [
            "The {team} are now {n} and {small} on the season.", "They play again on {next_day}.",
            "The gym in {town} was full an hour before the start.",
            "The {other_team} led by {n} at the break.",
        ],
        "quotes": [
            "We just kept running our stuff", "These kids never look at the scoreboard",
            "I have waited four years for a night like this",
        ],
    },
    "pets": {
        "headlines": [
            "Pet of the week: meet {pet}", "{pet} the {breed} needs a home", "{town} shelter waives fees for {weekday}",
            "Shelter in {town} is out of room",
        ],
        "leads": [
            "{pet}, a {breed}, is this week's guest from the {town} animal shelter.",
            "The shelter on {street} is caring for {m} animals, {n} more than it has room for.",
            "Adoptions are free at the {town} shelter through {next_day}.",
        ],
        "details": [
            "{pet} is {small} years old and likes long naps.", "Volunteers walk the dogs twice a day.",
            "The shelter found homes for {hundreds} animals last year.",
            "All animals are vaccinated before they leave.",
        ],
        "quotes": ["This one will steal your heart and your sandwich", "They all deserve a couch"],
    },
    "farms": {
        "headlines": [
            "{crop_title} harvest ahead of schedule near {town}", "{county} farmers watch {crop} prices",
            "Young farmers meet in {town}", "Elevator in {town} sets record for {crop}",
        ],
        "leads": [
            "Farmers around {town} had {percent} percent of their {crop} in by {weekday}.",
            "The price of {crop} slipped again {weekday}, and growers in {county} took notice.",
            "The elevator in {town} took in {hundreds} truckloads of {crop} last week.",
        ],
        "details": [
            "Yields run about {m} bushels an acre.", "Rain in the {river} bottoms held some growers back.",
            "{person} farms {hundreds} acres south of {other_town}.", "Storage is tight across the county.",
        ],
        "quotes": [
            "You plan for the weather and then the weather laughs", "It beats last year, I can tell you that",
        ],
    },
    "business": {
        "headlines": [
            "{company} to open on {street}", "{company} plans {m} jobs in {town}",
            "After {decades} years, {street} shop closes its doors", "Downtown {town} gets a new neighbor",
        ],
        "leads": [
            "{company} will open a store on {street} in {town}, the owners said {weekday}.",
            "{company} plans to hire {m} people in {town} over the next {small} years.",
            "The owner of a shop on {street} in {town} is retiring after {decades} years.",
        ],
        "details": [
            "The building has stood empty since {year}.", "The city approved a tax break worth {money}.",
            "Hiring starts on {next_day}.", "The company began in a garage in {other_town}.",
        ],
        "quotes": [
            "We looked at bigger towns, and we liked this one", "Main streets come back one door at a time",
            "My customers became my family",
        ],
    },
    "events": {
        "headlines": [
            "{event} returns to {town} {next_day}", "Volunteers make {event} in {town} a success",
            "{event} raises {money}", "{town} gets ready for its {event}",
        ],
        "leads": [
            "The {event} comes back to {street} in {town} on {next_day}.",
            "More than {hundreds} people came to the {event} in {town} {weekday}.",
            "Volunteers spent {weekday} on {street} getting ready for the {event}.",
        ],
        "details": [
            "Admission is free, and donations go to the food pantry.", "Last year's {event} raised {money}.",
            "Parking is available behind {school}.", "The event started in {year} with {n} people.",
        ],
        "quotes": [
            "You see everybody you know, and then you see them again in line for pie",
            "This is what a small town is for",
        ],
    },
}  # fmt: skip
