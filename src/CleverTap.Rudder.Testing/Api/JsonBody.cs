using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Unicode;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Reads the body of a request. Pure.</summary>
internal static class JsonBody
{
    /// <summary>Reads the body; returns a missing value if it is not JSON or has another content type.</summary>
    /// <remarks>The whole body is checked once, so later code only reads well-formed JSON.</remarks>
    public static JsonSlice Read(EmulatorRequest request)
    {
        if (!IsJson(request.ContentType) || !Utf8.IsValid(request.Body.Span))
        {
            return default;
        }

        try
        {
            var reader = new Utf8JsonReader(request.Body.Span);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            int end = (int)reader.BytesConsumed;
            return reader.Read() ? default : new JsonSlice(request.Body[start..end]);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>Reads the entries of <c>{"d":[…]}</c>; returns null if the body is anything else.</summary>
    public static List<JsonSlice>? ReadEntries(EmulatorRequest request)
    {
        JsonSlice entries = Read(request).Member("d"u8);
        return entries.Kind == JsonValueKind.Array ? entries.Elements() : null;
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);
}
