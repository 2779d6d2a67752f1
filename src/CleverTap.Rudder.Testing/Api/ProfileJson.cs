using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Testing.Stored;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Writes a profile as CleverTap returns it. Pure.</summary>
internal static class ProfileJson
{
    /// <summary>The attributes that CleverTap returns beside <c>profileData</c>, and their names there.</summary>
    private static readonly Dictionary<string, string> RootNames = new(StringComparer.Ordinal)
    {
        ["Name"] = "name",
        ["Email"] = "email",
        ["Phone"] = "phone",
    };

    public static void Write(Utf8JsonWriter writer, ProfileSnapshot profile, bool includesEvents, bool includesAttributes)
    {
        writer.WriteStartObject();
        WriteIds(writer, profile);
        foreach ((string name, JsonSlice value) in profile.Attributes)
        {
            if (RootNames.TryGetValue(name, out string? rootName))
            {
                Write(writer, rootName, value);
            }
        }

        if (includesAttributes)
        {
            WriteAttributes(writer, profile);
        }

        if (includesEvents)
        {
            WriteEvents(writer, profile);
        }

        WriteDevices(writer, profile);
        writer.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter writer, ProfileSnapshot profile)
    {
        if (profile.ObjectIds.FirstOrDefault() is { } objectId)
        {
            writer.WriteString("objectId"u8, objectId);
        }

        if (profile.Identities.FirstOrDefault() is not { } identity)
        {
            return;
        }

        writer.WriteString("identity"u8, identity);
        writer.WriteStartArray("all_identities"u8);
        foreach (string text in profile.Identities)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteAttributes(Utf8JsonWriter writer, ProfileSnapshot profile)
    {
        writer.WriteStartObject("profileData"u8);
        foreach ((string name, JsonSlice value) in profile.Attributes)
        {
            if (!RootNames.ContainsKey(name))
            {
                Write(writer, name, value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteEvents(Utf8JsonWriter writer, ProfileSnapshot profile)
    {
        writer.WriteStartObject("events"u8);
        foreach (EventSummary summary in profile.Events)
        {
            writer.WriteStartObject(summary.Name);
            writer.WriteNumber("count"u8, summary.Count);
            writer.WriteNumber("first_seen"u8, summary.FirstSeen);
            writer.WriteNumber("last_seen"u8, summary.LastSeen);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteDevices(Utf8JsonWriter writer, ProfileSnapshot profile)
    {
        if (profile.DeviceTokens.LastOrDefault() is { } token)
        {
            writer.WriteString("push_token"u8, token.Id);
        }

        writer.WriteStartArray("platformInfo"u8);
        foreach (string objectId in profile.ObjectIds)
        {
            writer.WriteStartObject();
            writer.WriteString("objectId"u8, objectId);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonSlice value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(value.Span, skipInputValidation: true);
    }
}
