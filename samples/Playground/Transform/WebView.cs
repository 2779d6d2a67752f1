using System.Text.Encodings.Web;
using System.Text.Json;
using CleverTap.Rudder;

namespace Playground.Transform;

/// <summary>What a page would say to CleverTap's web SDK in place of the upload: the calls as one would type them, or why there are none.</summary>
internal sealed record WebView(IReadOnlyList<string> Calls, string? FilterReason, string? Error)
{
    private static readonly JsonSerializerOptions ForReading = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static WebView Of(byte[] json, CleverTapTransformer transformer)
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
        $"clevertap.{call.Method}({string.Join(", ", call.Arguments.EnumerateArray().Select(argument => JsonSerializer.Serialize(argument, ForReading)))})";
}
