using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Playground.Deliver;

/// <summary>Generates events of a dozen customers of a bookshop.</summary>
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

    private static int created;

    /// <summary>Creates events that are the same for every call with the same count, except for their message ids and times.</summary>
    /// <param name="count">The number of events.</param>
    /// <param name="rejected">Whether CleverTap or the library rejects every tenth event.</param>
    public static IEnumerable<byte[]> Create(int count, bool rejected)
    {
        var random = new Random(count);
        for (int i = 0; i < count; i++)
        {
            JsonObject call = rejected && i % 10 == 9 ? CreateRejected(random.Next(4)) : CreateValid(random);
            int customer = i < Names.Length ? i : random.Next(Names.Length);
            call["userId"] = GetUserId(customer);
            if ((string?)call["type"] == "identify")
            {
                call["traits"] = CreateTraits(customer, random);
            }

            call["messageId"] = $"made-up-{Interlocked.Increment(ref created)}";
            call["originalTimestamp"] = DateTimeOffset.UtcNow.AddSeconds(i - count).ToString("O", CultureInfo.InvariantCulture);
            yield return Encoding.UTF8.GetBytes(call.ToJsonString());
        }
    }

    private static string GetUserId(int customer) => Names[customer].ToLowerInvariant();

    private static JsonObject CreateValid(Random random) =>
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
            _ => CreateOrder(random),
        };

    private static JsonObject CreateOrder(Random random)
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

    private static JsonObject CreateTraits(int customer, Random random) =>
        new()
        {
            ["name"] = Names[customer],
            ["email"] = $"{GetUserId(customer)}@example.com",
            ["favouriteBook"] = Books[random.Next(Books.Length)],
            ["visits"] = random.Next(1, 60),
        };

    private static JsonObject CreateRejected(int kind) =>
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
