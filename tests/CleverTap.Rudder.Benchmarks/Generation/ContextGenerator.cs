using System.Text.Json;

namespace CleverTap.Rudder.Benchmarks.Generation;

/// <summary>Writes the context that each kind of SDK sends, and the traits of a user.</summary>
internal sealed class ContextGenerator(Words words, Utf8JsonWriter json)
{
    public void Write(string device, bool withTraits)
    {
        json.WriteStartObject("context");
        switch (device)
        {
            case "web":
                WriteBrowser();
                break;
            case "server":
                WriteObject("library", ("name", "RudderAnalytics.NET"), ("version", "2.0.2"));
                break;
            default:
                WriteDevice(device == "ios");
                break;
        }

        json.WriteString("ip", words.Address());
        if (withTraits)
        {
            WriteTraits();
        }

        json.WriteEndObject();
    }

    public void WriteTraits()
    {
        json.WriteStartObject("traits");
        json.WriteString("email", $"{words.Word()}.{words.Word()}{words.Number(10_000)}@example.com");
        json.WriteString("phone", $"+1415{words.Number(9_000_000) + 1_000_000}");
        json.WriteString("name", words.Number(8) == 0 ? "Sofía Nguyễn" : "Jane Smith");
        json.WriteString("birthday", $"19{50 + words.Number(49)}-0{1 + words.Number(9)}-1{words.Number(10)}");
        json.WriteString("gender", words.Number(2) == 0 ? "female" : "M");
        json.WriteString("plan", words.Word());
        json.WriteNumber("age", 18 + words.Number(60));
        json.WriteNumber("lifetimeValue", words.Number(1_000_000) / 100.0);
        json.WriteNumber("loginCount", words.Number(500));
        json.WriteBoolean("newsletterOptIn", words.Number(2) == 0);
        json.WriteBoolean("MSG-push", words.Number(5) != 0);
        json.WriteString("favoriteCategory", words.Text(2));
        WriteObject("address", ("city", words.Word()), ("country", "IN"), ("street", words.Text(3)));
        json.WriteEndObject();
    }

    private void WriteBrowser()
    {
        WriteObject(
            "app",
            ("name", "RudderLabs JavaScript SDK"),
            ("namespace", "com.rudderlabs.javascript"),
            ("version", "3.0.3"),
            ("installType", "cdn")
        );
        WriteObject("library", ("name", "RudderLabs JavaScript SDK"), ("version", "3.0.3"), ("snippetVersion", "3.0.3"));
        json.WriteString(
            "userAgent",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36"
        );
        WriteObject("os", ("name", ""), ("version", ""));
        json.WriteString("locale", "en-US");
        WriteNumbers("screen", ("width", 1440), ("height", 900), ("density", 2), ("innerWidth", 1200), ("innerHeight", 760));
        WriteObject("campaign", ("source", words.Word()), ("medium", "cpc"), ("name", words.Text(2)), ("term", words.Word()));
        WriteObject(
            "page",
            ("path", $"/{words.Word()}"),
            ("referrer", "https://www.google.com/"),
            ("search", $"?q={words.Word()}"),
            ("title", words.Text(4)),
            ("url", $"https://www.example.com/{words.Word()}?q={words.Word()}"),
            ("tab_url", $"https://www.example.com/{words.Word()}"),
            ("referring_domain", "www.google.com")
        );
        json.WriteString("timezone", "GMT+0530");
        json.WriteNumber("sessionId", 1_700_000_000_000 + words.Number(int.MaxValue));
    }

    private void WriteDevice(bool isApple)
    {
        WriteObject("app", ("build", "1.4.46"), ("name", "ShopApp"), ("namespace", "com.example.shop"), ("version", "1.4.47"));
        WriteObject(
            "device",
            ("id", words.Hex(16)),
            ("manufacturer", isApple ? "Apple" : "Google"),
            ("model", isApple ? "iPhone15,3" : "Pixel 8"),
            ("name", words.Word()),
            ("type", isApple ? "iOS" : "Android"),
            ("advertisingId", words.Guid()),
            ("token", $"{words.Hex(40)}:{words.Hex(60)}")
        );
        WriteObject("library", ("name", isApple ? "rudder-ios-library" : "com.rudderstack.android.sdk.core"), ("version", "1.20.0"));
        json.WriteString("locale", "en-US");
        json.WriteStartObject("network");
        json.WriteBoolean("bluetooth", false);
        json.WriteString("carrier", "Airtel");
        json.WriteBoolean("cellular", true);
        json.WriteBoolean("wifi", true);
        json.WriteEndObject();
        WriteObject("os", ("name", isApple ? "iOS" : "Android"), ("version", "17"));
        WriteNumbers("screen", ("density", 420), ("height", 2794), ("width", 1440));
        json.WriteString("timezone", "Asia/Kolkata");
        json.WriteString("userAgent", isApple ? "ShopApp/1.4.47 CFNetwork/1494.0.7 Darwin/23.4.0" : "Dalvik/2.1.0 (Linux; U; Android 14)");
        json.WriteNumber("sessionId", 1_700_000_000 + words.Number(10_000_000));
    }

    private void WriteObject(string name, params ReadOnlySpan<(string Name, string Value)> members)
    {
        json.WriteStartObject(name);
        foreach ((string member, string value) in members)
        {
            json.WriteString(member, value);
        }

        json.WriteEndObject();
    }

    private void WriteNumbers(string name, params ReadOnlySpan<(string Name, int Value)> members)
    {
        json.WriteStartObject(name);
        foreach ((string member, int value) in members)
        {
            json.WriteNumber(member, value);
        }

        json.WriteEndObject();
    }
}
