using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Playground.Deliver;

/// <summary>Events of a dozen made-up customers of a bookshop.</summary>
internal static class GeneratedEvents
{
    public const int MaxCount = 5000;

    private static readonly string[] Names =
    [
        "Ada",
        "Bo",
        "Chandra",
        "Dmitri",
        "Esi",
        "Fatima",
        "Goran",
        "Hana",
        "Imre",
        "Juno",
        "Kofi",
        "Lena",
    ];

    private static readonly string[] Books = ["Middlemarch", "Kokoro", "Pedro Páramo", "Things Fall Apart", "The Waves", "Solaris"];

    private static int made;

    /// <summary>So many events, the same ones in every series but for their ids and times.</summary>
    /// <param name="count">How many.</param>
    /// <param name="rejected">Whether every tenth is one that CleverTap or the library rejects.</param>
    public static IEnumerable<byte[]> Create(int count, bool rejected)
    {
        var random = new Random(count);
        for (int i = 0; i < count; i++)
        {
            JsonObject call = rejected && i % 10 == 9 ? Rejected(random.Next(4)) : Good(random);
            int customer = i < Names.Length ? i : random.Next(Names.Length);
            call["userId"] = UserId(customer);
            if ((string?)call["type"] == "identify")
            {
                call["traits"] = Traits(customer, random);
            }

            call["messageId"] = $"made-up-{Interlocked.Increment(ref made)}";
            call["originalTimestamp"] = DateTimeOffset.UtcNow.AddSeconds(i - count).ToString("O", CultureInfo.InvariantCulture);
            yield return Encoding.UTF8.GetBytes(call.ToJsonString());
        }
    }

    private static string UserId(int customer) => Names[customer].ToLowerInvariant();

    private static JsonObject Good(Random random) =>
        random.Next(6) switch
        {
            0 or 1 => new JsonObject { ["type"] = "identify" },
            2 => new JsonObject { ["type"] = "page", ["name"] = random.Next(2) == 0 ? "Home" : "Cart" },
            3 => new JsonObject { ["type"] = "screen", ["name"] = "Book" },
            4 => new JsonObject
            {
                ["type"] = "track",
                ["event"] = "Book Opened",
                ["properties"] = new JsonObject { ["title"] = Books[random.Next(Books.Length)], ["pages"] = random.Next(90, 900) },
            },
            _ => Order(random),
        };

    private static JsonObject Order(Random random)
    {
        int price = random.Next(8, 40);
        return new JsonObject
        {
            ["type"] = "track",
            ["event"] = "Order Completed",
            ["properties"] = new JsonObject
            {
                ["order_id"] = $"order-{random.Next(10_000, 99_999)}",
                ["revenue"] = price,
                ["products"] = new JsonArray(new JsonObject { ["title"] = Books[random.Next(Books.Length)], ["price"] = price }),
            },
        };
    }

    private static JsonObject Traits(int customer, Random random) =>
        new()
        {
            ["name"] = Names[customer],
            ["email"] = $"{UserId(customer)}@example.com",
            ["favouriteBook"] = Books[random.Next(Books.Length)],
            ["visits"] = random.Next(1, 60),
        };

    private static JsonObject Rejected(int kind) =>
        kind switch
        {
            0 => new JsonObject { ["type"] = "track", ["event"] = "App Launched" },
            1 => new JsonObject { ["type"] = "track" },
            2 => new JsonObject
            {
                ["type"] = "page",
                ["name"] = "Home",
                ["integrations"] = new JsonObject { ["All"] = false },
            },
            _ => new JsonObject { ["type"] = "track", ["event"] = " " },
        };
}
