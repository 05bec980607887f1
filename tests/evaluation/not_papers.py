"""Texts that are no papers, all in our own words: what a folder of records can hold by mistake. Nothing is to be found in them."""

from __future__ import annotations

NOT_PAPERS = {
    "soup": (
        "Tomato soup with basil\nPeel six tomatoes and cut them small. Warm butter in a heavy pot, soften one onion in it, add the "
        "tomatoes and a litre of stock. Simmer for 20 minutes, blend until smooth, season with salt and pepper and stir in the basil "
        "before serving."
    ),
    "cake": (
        "Grandmother's apple cake\nHeat the oven to 180 degrees. Beat 3 eggs with 200 g sugar, fold in 250 g flour and a spoon of "
        "baking powder. Lay the apple slices on top in rows and bake for 45 minutes. A knife stuck in the middle should come out clean."
    ),
    "storm": (
        "Storm leaves thousands without power\nA storm crossed the coast on Tuesday night and tore roofs from about 40 houses. The "
        "harbour stayed closed until noon. The mayor said that crews would need 3 days to mend the lines and asked people to stay at "
        "home."
    ),
    "match": (
        "Late goal decides the derby\nThe home side won 2-1 in front of 31,000 people after a header in the 88th minute. The visitors "
        "had led since the first half. Their coach spoke of bad luck and of two players who will miss the next three weeks with "
        "injuries."
    ),
    "market": (
        "Shares end the week higher\nThe main index rose 1.2% on Friday, led by banks and energy. Oil fell 0.8% to 71 dollars a "
        "barrel. Traders said that the central bank was likely to keep its rate at 3.5% until the spring."
    ),
    "lease": (
        "Lease of a dwelling\nThe tenant shall pay the rent in advance on the first day of each month. The landlord may enter the "
        "premises with 24 hours' notice. Either party may end this agreement in writing with a period of 3 months. The deposit is two "
        "months' rent."
    ),
    "licence": (
        "Terms of use\nPermission is given to copy and to pass on this work as long as this notice stays with every copy. The work is "
        "given as it is, without warranty of any sort, and its makers are not liable for any damage that follows from its use."
    ),
    "statute": (
        "Section 14: Public gardens\n(1) The council keeps every public garden open from sunrise to sunset. (2) Whoever damages a "
        "plant or a bench is liable to a fine of up to 500 crowns. (3) An appeal may be lodged within 14 days of the notice."
    ),
    "song": (
        "Down by the river road\nOh the river runs low and the moon hangs high, and I walk home slow with the rain in my eye. Sing, my "
        "darling, sing me home, over the hill where the wild geese roam. Oh the river runs low, and the night is long."
    ),
    "poem": (
        "November\nThe lamp is lit before the bread is cut. A leaf, a coin, a feather on the sill: the wind has left its pockets here "
        "and gone. We count the hours by the kettle's breath and speak of summer as of somebody we knew."
    ),
    "python": (
        "def area(width, height):\n    if width < 0 or height < 0:\n        raise ValueError('a side cannot be negative')\n    return "
        "width * height\n\nfor w, h in [(1, 2), (3, 4)]:\n    print(w, h, area(w, h))"
    ),
    "c": (
        "#include <stdio.h>\nint main(void) {\n    int n = 10, sum = 0;\n    for (int i = 1; i <= n; i++) {\n        sum += i;\n    "
        '}\n    printf("sum of 1..%d is %d\\n", n, sum);\n    return 0;\n}'
    ),
    "shell": (
        "#!/bin/sh\nset -e\nmkdir -p /var/backups/home\nfor dir in /home/*; do\n  name=$(basename $dir)\n  tar czf "
        "/var/backups/home/$name.tgz $dir\ndone\nfind /var/backups/home -mtime +30 -delete\necho done"
    ),
    "sales-cv": (
        "Curriculum vitae\nMaria Holt, born 1984 in Leeds. 2012 to 2019: sales manager at a furniture house, team of 12, yearly "
        "turnover 4 million. 2005 to 2011: shop assistant. Languages: English, Spanish. Hobbies: hiking, choir, cooking. Driving "
        "licence: yes."
    ),
    "nurse-cv": (
        "Application as a ward nurse\nI have worked on a surgical ward for six years and led the night shift for two. I am patient, "
        "careful and glad to learn. I could begin on 1 March. My references are the head nurse and the chaplain of the hospital."
    ),
    "lorem": (
        "Lorem ipsum\nLorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore "
        "magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat."
    ),
    "meeting": (
        "Re: Thursday\nHi Ben, Thursday at 3 works for me, but the small room is taken, so let us meet in the canteen. Could you bring "
        "the plans for the stairs and the bill from the painter? I shall be 10 minutes late because of the school run. Best, Joan"
    ),
    "complaint": (
        "Order 48213 not delivered\nDear team, I ordered a lamp on 4 May and paid 59.90 at once. The parcel was due on 9 May and has "
        "still not come. Please send it this week or return the money to my account. I have written twice before and had no reply."
    ),
    "kettle": (
        "Good kettle, poor lid\nThe kettle boils a litre in 3 minutes and is quiet. The lid, though, drips when you pour, and after 5 "
        "weeks the handle came loose. The shop sent a new one without fuss. 3 of 5 stars. I would buy it again for half the price."
    ),
    "shoes": (
        "Comfortable from the first day\nI walk about 8 km a day and my feet no longer hurt. They run a size large, so order one down. "
        "The grey looks darker than in the picture. After 2 months the soles are as new. Five stars, and my sister has ordered a pair."
    ),
    "village": (
        "Where to stay by the lake\nThe village has one inn, two cafes and a ferry that sails 4 times a day. Rooms look over the water "
        "and cost from 80 crowns a night. Walk to the mill in the morning, before the coaches come, and try the smoked trout."
    ),
    "notice": (
        "Lift out of service\nThe lift in stair B will be repaired from Monday to Wednesday. Please use stair A. Residents who need "
        "help with shopping can ring the caretaker between 8 and 10. We are sorry for the trouble."
    ),
    "roses": (
        "Pruning roses\nPrune in late winter, when the worst frost is over. Cut dead wood down to the ground and shorten the rest to "
        "three buds. Rake up old leaves, feed with compost, and water well in the first warm week. Gloves save your hands."
    ),
    "fable": (
        "The fox and the well\nA fox fell into a well and could not climb out. A goat came by and asked whether the water was good. "
        "Jump in and taste, said the fox. The goat jumped, the fox sprang from its back to the rim, and was gone. Look before you leap."
    ),
    "horoscope": (
        "Your week\nA letter brings good news on Wednesday. Keep your money together and do not lend more than you can miss. An old "
        "friend is thinking of you. Lucky number: 7. Colour of the week: green."
    ),
    "chess": (
        "Club evening\nRound 3 ended 4 to 2 for our first team. Anna won in 31 moves with the white pieces; Peter drew a long endgame "
        "with rook and pawn. The next evening is on 12 October. New members are welcome, beginners too."
    ),
    "headers": ("Menu Home About us Contact Login Register Cart (0) Search Cookies Accept all Decline Imprint Privacy Back to top"),
}
