"""Lists the sentence patterns of storylines: a bridge, a data center, elections, ballot measures and storms."""

from __future__ import annotations

STORYLINES: dict[str, dict[str, list[str]]] = {
    "bridge": {
        "headlines": [
            "{river} bridge closes to trucks after inspection", "{town} drivers face {m}-minute detour",
            "State finds {n} cracks in {river} bridge", "{county} asks for {money} to fix {river} bridge",
            "Shops near {river} bridge lose customers",
        ],
        "leads": [
            "Inspectors found another {small} cracks in the {river} bridge near {town} {weekday}.",
            "The detour around the closed {river} bridge sent {hundreds} cars down {street} {weekday}.",
            "The {county} commission asked the state {weekday} for {money} to repair the {river} bridge.",
            "School buses from {town} now leave {m} minutes earlier because of the {river} bridge.",
        ],
        "details": [
            "The bridge was built in {year} and carries {hundreds} vehicles an hour at its busiest.",
            "Engineer {person} said that steel for the repair is {n} weeks away.",
            "Ambulances from {other_town} take {small} minutes longer to reach the hospital.",
            "A public meeting is planned for {next_day} at {school}.",
            "Businesses on {street} say that sales are down {percent} percent.",
        ],
        "quotes": [
            "We knew that bridge was tired, but not this tired", "I plan my whole day around that detour",
            "Every hour it stays closed costs this town money",
        ],
    },
    "datacenter": {
        "headlines": [
            "{company} plans {hundreds}-acre data center near {town}", "Data center would use {percent}% of power",
            "{town} neighbors organize against data center", "{county} weighs tax break for data center",
            "What a data center would mean for {town} wells",
        ],
        "leads": [
            "{company} showed plans {weekday} for a data center on {hundreds} acres outside {town}.",
            "About {hundreds} people came to {school} {weekday} to ask about the data center proposed near {town}.",
            "The {county} zoning board put off a vote on the data center {weekday} after {n} hours of testimony.",
            "A study released {weekday} says the data center would draw {percent} percent of the county's power.",
        ],
        "details": [
            "The company promises {m} permanent jobs and {money} a year in taxes.",
            "Farmers near {other_town} worry about wells that reach the same aquifer.",
            "The land along {street} is zoned for farming until the board changes it.",
            "A petition against the plan has {hundreds} signatures.",
            "The next hearing is set for {next_day}.",
        ],
        "quotes": [
            "Show us the water numbers before you show us the pictures", "These are jobs our kids could stay for",
            "We are not against progress, we are against being the last to know",
        ],
    },
    "campaign": {
        "headlines": [
            "{candidate} and {rival} meet in {office} debate", "{candidate} leads {rival} in early fundraising",
            "Early voting opens in {office} race", "{rival} takes {office} campaign to {town}",
            "What to know about the {office} race",
        ],
        "leads": [
            "{candidate} and {rival}, the candidates for {office}, answered questions in {town} {weekday}.",
            "{candidate} told a crowd at {school} {weekday} that the next {office} must fix roads first.",
            "{rival} knocked on {hundreds} doors in {town} {weekday} in the race for {office}.",
            "Early voting in the race for {office} drew {hundreds} people in {county} by {weekday}.",
        ],
        "details": [
            "The election is on {election_day}.", "The clerk expects a turnout near {percent} percent.",
            "{candidate} has raised {money}, according to reports filed with the state.",
            "{rival} wants to freeze hiring and pave {street} by summer.",
            "Polls open at 7 a.m. at {school} and {n} other places.",
        ],
        "quotes": [
            "I care less about the signs than about who answers the phone", "Either one will have to fix the roads",
            "I have lived here {decades} years and never missed a vote",
        ],
    },
    "results": {
        "headlines": [
            "{candidate} wins {office} race", "{candidate} beats {rival} {winner_share} to {loser_share} percent",
            "{rival} concedes {office} race", "Turnout for {office} election highest since {year}",
            "{candidate} names transition team after win",
        ],
        "leads": [
            "{candidate} won the race for {office} with {winner_share} percent to {loser_share} for {rival}.",
            "{candidate}, who won {office} with {winner_share} percent, met voters in {town} {weekday}.",
            "{rival}, who took {loser_share} percent for {office}, thanked supporters in {town} {weekday}.",
            "The {county} clerk counted the last {hundreds} ballots {weekday}: {winner_share} percent for {candidate}.",
        ],
        "details": [
            "{candidate} carried {town}, and {rival} carried {other_town}.",
            "Lines at {school} lasted until {n} minutes after the polls closed.",
            "The county board certifies the results on {next_day}.",
            "About {percent} percent of registered voters cast a ballot.",
            "{candidate} promised to start with the roads around {street}.",
        ],
        "quotes": [
            "The voters have spoken, and I wish my opponent well", "Now the work begins",
            "It was closer than the signs in the yards made it look",
        ],
    },
    "measure": {
        "headlines": [
            "{measure} would cost homeowners ${m} a year", "Supporters of {measure} rally in {town}",
            "What to know about {measure}", "Opponents of {measure} say wait a year",
        ],
        "leads": [
            "Voters in {county} heard both sides of {measure} at {school} {weekday}.",
            "Supporters of {measure} walked {street} in {town} {weekday} with {hundreds} flyers.",
            "{candidate}, who leads the campaign for {measure}, debated {rival} in {town} {weekday}.",
        ],
        "details": [
            "The vote is on {election_day}.", "The measure would raise {money} over {small} years.",
            "{rival} speaks for a group that calls the plan too big.",
            "A similar measure failed in {year} by {m} votes.",
            "Polls open at 7 a.m. at {school} and {n} other places.",
        ],
        "quotes": [
            "You get the town you pay for", "I want to see the old money spent well first",
            "My grandchildren will use this long after I am gone",
        ],
    },
    "measure_results": {
        "headlines": [
            "Voters approve {measure}", "{measure} passes with {winner_share} percent",
            "After the vote, {county} plans first steps for {measure}", "Turnout for {measure} highest since {year}",
        ],
        "leads": [
            "Voters approved {measure} with {winner_share} percent of the vote; {loser_share} percent were against it.",
            "{candidate} thanked voters in {town} {weekday} for {winner_share} percent in favor of {measure}.",
            "The {county} clerk counted the last {hundreds} ballots {weekday}: {winner_share} percent for {measure}.",
        ],
        "details": [
            "The measure carried {town} and failed in {other_town}.",
            "Work could start within {n} weeks.", "{rival} said that opponents would watch every dollar.",
            "The county board certifies the results on {next_day}.",
            "About {percent} percent of registered voters cast a ballot.",
        ],
        "quotes": [
            "The voters looked at the numbers and said yes", "Now we have to build what we promised",
            "I voted no, but I will come to the opening",
        ],
    },
    "winter_storm": {
        "headlines": [
            "Winter storm closes schools across {county}", "{hundreds} without power in {town} after {hazard} storm",
            "{highway} shut as {hazard} storm hits {county}", "Shelter opens in {town} for stranded drivers",
            "{town} digs out from {hazard} storm", "Storm closings: what is closed in {county}",
        ],
        "leads": [
            "The winter storm closed schools and offices across {county} {weekday}.",
            "Crews in {town} worked through {weekday} night to clear {hazard} from {highway}.",
            "The storm left {hundreds} homes around {town} without power {weekday}.",
            "Deputies pulled {m} drivers from ditches along {highway} {weekday} as the storm passed.",
        ],
        "details": [
            "The power company has {n} crews out and {small} more on the way from {other_town}.",
            "The county asked everyone to stay off {highway} until {next_day}.",
            "{school} is open as a shelter with {m} cots.",
            "The storm is the strongest in {county} since {year}.",
            "Trash pickup on {street} moves to {next_day}.",
        ],
        "quotes": [
            "If you do not have to drive, please do not", "We shoveled out the neighbors before ourselves",
            "I heard the line snap and then everything went dark",
        ],
    },
    "severe_storms": {
        "headlines": [
            "Severe storms close schools across {county}", "{hundreds} without power in {town} after storms",
            "Hail and wind damage {n} homes in {town}", "Cleanup starts in {town} after severe storms",
            "{highway} blocked by trees after storms", "Storm closings: what is closed in {county}",
        ],
        "leads": [
            "Severe storms tore roofs off {small} buildings in {town} {weekday}.",
            "Storms with {hazard} gusts of {m} mph left {hundreds} homes around {town} without power {weekday}.",
            "Crews cut trees off {highway} near {town} {weekday} after another night of storms.",
            "Schools and offices across {county} stayed closed {weekday} as storms kept coming.",
        ],
        "details": [
            "The power company has {n} crews out and {small} more on the way from {other_town}.",
            "Hail the size of golf balls broke windows along {street}.",
            "{school} is open as a shelter with {m} cots.",
            "Surveyors from the weather service will look at the damage on {next_day}.",
            "The storms are the strongest in {county} since {year}.",
        ],
        "quotes": [
            "It sounded like gravel on the roof, and then the roof was gone", "We went to the basement three times",
            "The neighbors were here with saws before the rain stopped",
        ],
    },
}  # fmt: skip
