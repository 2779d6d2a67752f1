using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using CleverTap.Rudder;

namespace Playground.Transform;

/// <summary>What a page would say to CleverTap's web SDK in place of the upload: the calls as one would type them, or why there are none.</summary>
internal sealed record WebView(IReadOnlyList<string> Calls, string? FilterReason, string? Error)
{
    /// <summary>Indenting makes a value that is nested deeply many times as large.</summary>
    private const int MaxIndented = 64 * 1024;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions ForReading = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static WebView Create(byte[] json, CleverTapTransformer transformer)
    {
        if (!RudderEvent.TryRead(json, out RudderEvent? rudderEvent, out EventError? error))
        {
            FilterReason? reason = transformer.Options.FilterReasonFor(error);
            return new WebView([], reason?.ToString(), reason is null ? error.Message : null);
        }

        WebTransformResult result = transformer.TransformForWeb(rudderEvent);
        return new WebView([.. result.Calls.Select(Typed)], result.FilterReason?.ToString(), result.Error?.Message);
    }

    private static string Typed(WebCall call) =>
        $"clevertap.{call.Method}({string.Join(", ", call.Arguments.EnumerateArray().Select(Typed))})";

    private static string Typed(JsonElement argument) =>
        JsonSerializer.Serialize(argument, JsonMarshal.GetRawUtf8Value(argument).Length > MaxIndented ? Plain : ForReading);
}
