"""Lists the sentence patterns of civic topics: strikes, elections, councils, schools, crime, roads."""

from __future__ import annotations

CIVIC: dict[str, dict[str, list[str]]] = {
    "strike": {
        "headlines": [
            "Strike at {company} plant enters day {n}", "Workers and {company} return to the table",
            "Picket line grows outside {company} in {town}", "{town} shops feel the {company} strike",
            "Talks stall between union and {company}",
        ],
        "leads": [
            "Members of Local {m} walked the line outside the {company} plant on {street} again {weekday}.",
            "Negotiators for {company} and Local {m} met for {n} hours {weekday} without a deal.",
            "The strike at {company} is now the longest in {county} in {decades} years.",
        ],
        "details": [
            "About {hundreds} employees have been off the job since the contract ran out.",
            "The union is asking for a raise of {n} percent and a limit on weekend shifts.",
            "{company} says it has moved {percent} percent of its production to other plants.",
            "A food pantry on {street} has served {hundreds} families of strikers so far.",
            "The next meeting with a federal mediator is set for {next_day}.",
        ],
        "quotes": [
            "Nobody wants to be out here, but nobody wants to go back to those hours either",
            "We are closer on wages than people think", "Every week this lasts, {town} loses something",
        ],
    },
    "election": {
        "headlines": [
            "Recount narrows race for {county} commission", "{county} clerk: {hundreds} ballots left to check",
            "Recount in {town} precincts to resume {next_day}", "Candidates watch as {county} counts again",
        ],
        "leads": [
            "The margin in the race for the {county} commission shrank to {m} votes {weekday}.",
            "Election workers in {town} opened another {n} boxes of ballots {weekday} morning.",
            "A judge will hear arguments over {hundreds} disputed ballots from {town}.",
        ],
        "details": [
            "State law calls for a recount when the margin is under one percent.",
            "Observers of both candidates sat at each of the {n} tables.",
            "The clerk expects the work to take {small} more days.",
            "Turnout in {county} was {percent} percent, the highest in {decades} years.",
            "{person}, who trails in the count, has not conceded.",
        ],
        "quotes": [
            "Slow is fine, as long as it is right", "We count every vote, and then we count it again",
            "People in {town} deserve to know that their ballot mattered",
        ],
    },
    "council": {
        "headlines": [
            "{town} council splits over {money} budget item", "City leaders weigh new fees for {street}",
            "{town} council approves {money} for sidewalks", "Parking plan for {street} draws a crowd",
            "{town} to vote on park on {street}",
        ],
        "leads": [
            "The {town} city council voted {vote} {weekday} night on a plan worth {money}.",
            "Dozens of neighbors filled city hall {weekday} to talk about {street}.",
            "{town} will spend {money} on streets next year under a budget passed {weekday}.",
        ],
        "details": [
            "The money would come from the half-cent sales tax that voters renewed in {year}.",
            "Council member {person} asked for {small} more weeks to study the numbers.",
            "Work along {street} could begin in the spring.",
            "The city has put off the project {small} times since {year}.",
            "A second reading is set for {next_day}.",
        ],
        "quotes": [
            "We cannot keep patching that street and calling it maintenance", "I would rather pay for it once",
            "Our residents told us what they want, and we listened",
        ],
    },
    "schools": {
        "headlines": [
            "{school} adds {small} classrooms", "School board hears plan for later start times",
            "{school} students raise {money} for library", "Teachers in {town} ask for smaller classes",
        ],
        "leads": [
            "The school board heard a plan {weekday} that would change the day at {school}.",
            "Students at {school} spent {weekday} showing parents what {money} can buy.",
            "Enrollment at {school} grew by {m} students this fall, the district said {weekday}.",
        ],
        "details": [
            "The district counts {hundreds} students, up {percent} percent from {year}.",
            "Superintendent {person} said a committee would report back by {next_day}.",
            "Buses now cover {hundreds} miles a day between {town} and {other_town}.",
            "A grant pays for {small} of the positions through next year.",
        ],
        "quotes": [
            "Kids learn better when they are awake", "Our teachers have been asking for this for years",
            "You could see how proud they were",
        ],
    },
    "levee": {
        "headlines": [
            "Levee work along the {river} nears {percent} percent", "{town} neighbors still waiting on levee repairs",
            "Engineers check {river} levee after high water", "{money} more needed for {river} levee",
        ],
        "leads": [
            "Crews placed another {hundreds} tons of rock along the {river} {weekday}.",
            "Engineers told the {county} commission {weekday} that the levee near {town} held, but barely.",
            "The cost of mending the {river} levee has grown to {money}.",
        ],
        "details": [
            "The levee gave way in {small} places during the high water.",
            "About {hundreds} acres of farm ground near {other_town} are still wet.",
            "The Corps of Engineers will inspect the work on {next_day}.",
            "{street} stays closed to trucks until the work is done.",
            "The county has asked the state for {money} in aid.",
        ],
        "quotes": [
            "The river does not care about our calendar", "We sleep better with every load of rock",
            "My grandfather built on this ground, and I am not leaving it",
        ],
    },
    "crime": {
        "headlines": [
            "Police: {town} man arrested for {charge}", "{charge_title} suspect due in court {next_day}",
            "Deputies look for leads in {town} {charge} case", "{town} police warn of {charge} on {street}",
        ],
        "leads": [
            "A {age}-year-old {town} man is in jail after an arrest for {charge} {weekday}, police say.",
            "Officers were called to the {m}00 block of {street} {weekday} night for a report of {charge}.",
            "The {county} prosecutor filed {small} counts of {charge} {weekday}.",
        ],
        "details": [
            "According to court documents, a neighbor's camera recorded the car.",
            "Bond was set at {money}.", "No one was hurt.",
            "Detectives recovered property worth {money} from a shed on {street}.",
            "Anyone with information is asked to call the tips line.",
        ],
        "quotes": [
            "If something looks wrong on your street, call us", "This was good work by the night shift",
            "We locked our doors for the first time in {decades} years",
        ],
    },
    "crash": {
        "headlines": [
            "Crash on {highway} sends {small} to hospital", "Driver hurt when truck overturns near {town}",
            "{highway} reopens after {n}-vehicle crash", "Troopers: speed a factor in {town} crash",
        ],
        "leads": [
            "The Highway Patrol says {small} people were hurt {weekday} in a crash on {highway} near {town}.",
            "A truck carrying feed overturned on {highway} {weekday} morning, closing it for {small} hours.",
            "A {age}-year-old driver from {other_town} was flown to a hospital after a crash {weekday}.",
        ],
        "details": [
            "Troopers say the car crossed the center line {small} miles north of {town}.",
            "Everyone was wearing a seat belt.", "Traffic was sent along {street} until the wreck was cleared.",
            "It was the {n}th crash on that stretch of {highway} this year.",
        ],
        "quotes": [
            "Slow down and leave room, that is all we ask", "We have asked for a light at that corner for years",
        ],
    },
    "roads": {
        "headlines": [
            "Snow slows morning drive across {county}", "Plows out early on {highway}",
            "{small} inches of snow in {town}, more to come", "What to know before you drive {highway} today",
        ],
        "leads": [
            "Snow and ice covered {highway} {weekday}, and crews asked drivers to stay home if they could.",
            "Plow drivers in {town} started their shift at {small} a.m. {weekday}.",
            "Up to {n} inches of snow fell near {town} by {weekday} evening.",
        ],
        "details": [
            "The county has {hundreds} tons of salt in its shed on {street}.",
            "Side streets in {other_town} will be cleared last.",
            "Deputies worked {n} slide-offs before noon.",
            "Parking is banned on snow routes until {next_day}.",
        ],
        "quotes": [
            "Give the plow room, we cannot see you behind us", "It is the ice under the snow that gets people",
        ],
    },
}  # fmt: skip
