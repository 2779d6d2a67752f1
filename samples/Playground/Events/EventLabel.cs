using CleverTap.Rudder;

namespace Playground.Events;

/// <summary>Creates a short text by which the user recognizes an event.</summary>
internal static class EventLabel
{
    private const int MaxLength = 60;

    public static string Create(byte[] json)
    {
        if (!RudderEvent.TryRead(json, out RudderEvent? parsed, out EventError? error))
        {
            return MappingOptions.Default.FilterReasonFor(error) is null ? $"Not an event: {error.Code}" : "A call without a counterpart";
        }

        string label = parsed switch
        {
            IdentifyEvent identify => $"Identify {identify.UserId ?? identify.AnonymousId}",
            TrackEvent track => $"Track {track.Event ?? "without a name"}",
            PageEvent page => $"Page {page.Name}",
            ScreenEvent screen => $"Screen {screen.Name}",
            AliasEvent alias => $"Alias {alias.PreviousId} to {alias.UserId}",
            _ => parsed.GetType().Name,
        };
        return label.Length <= MaxLength ? label : $"{label[..MaxLength]}…";
    }
}
