using System.Globalization;
using System.Text.Json;
using CleverTap.Rudder.Tool.Output;
using Spectre.Console;

namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>The outcome of an event as a row: its line, the call, the records, the outcome.</summary>
internal static class OutcomeRow
{
    private const int MaxName = 40;
    private const int MaxMessage = 300;

    /// <summary>The widths of all columns but the last.</summary>
    private static readonly int[] Widths = [6, 8, 28, 44];

    public static void WriteHeaders(Screen screen) =>
        screen.Row(
            Widths,
            [
                new("line", Styles.Strong),
                new("call", Styles.Strong),
                new("name", Styles.Strong),
                new("for CleverTap", Styles.Strong),
                new("outcome", Styles.Strong),
            ]
        );

    public static void Write(Screen screen, LineOutcome line) =>
        screen.Row(
            Widths,
            [
                new(line.Line?.ToString(CultureInfo.InvariantCulture) ?? "", Styles.Quiet),
                CallOf(line.Event),
                new(Printable.Shorten(NameOf(line.Event) ?? "", Widths[2]), Styles.Strong),
                string.Join(" + ", line.Outcome.Records.Select(Describe)),
                new(Describe(line.Outcome), StyleOf(line.Outcome)),
            ]
        );

    public static Style StyleOf(OutcomeKind kind) =>
        kind switch
        {
            OutcomeKind.Delivered => Styles.Good,
            OutcomeKind.Filtered => Styles.Quiet,
            OutcomeKind.Invalid => Styles.Doubtful,
            _ => Styles.Bad,
        };

    private static Style StyleOf(EventOutcome outcome) => outcome.OmittedFields.Count > 0 ? Styles.Doubtful : StyleOf(outcome.Kind);

    private static string CallOf(RudderEvent? rudderEvent) =>
        rudderEvent switch
        {
            IdentifyEvent => "identify",
            TrackEvent => "track",
            PageEvent => "page",
            ScreenEvent => "screen",
            AliasEvent => "alias",
            _ => "?",
        };

    private static string? NameOf(RudderEvent? rudderEvent) =>
        rudderEvent switch
        {
            TrackEvent track => track.Event,
            PageEvent page => page.Name,
            ScreenEvent screen => screen.Name,
            _ => null,
        };

    private static string Describe(CleverTapRecord record) =>
        record switch
        {
            ProfileRecord profile =>
                $"profile {Printable.Shorten(profile.Identity ?? profile.ObjectId ?? "", MaxName)} ({Count(profile.ProfileData, "attribute")})",
            EventRecord e => $"{Printable.Shorten(e.EventName, MaxName)} ({Count(e.EventData, "property", "properties")})",
            DeviceTokenRecord token => $"device token ({token.TokenType})",
            _ => "",
        };

    private static string Count(JsonElement bag, string one, string? many = null)
    {
        int count = bag.ValueKind == JsonValueKind.Object ? bag.GetPropertyCount() : 0;
        return $"{count} {(count == 1 ? one : many ?? one + "s")}";
    }

    private static string Describe(EventOutcome outcome)
    {
        string message = Printable.Shorten(outcome.Message ?? "", MaxMessage);
        return outcome.Kind switch
        {
            OutcomeKind.Delivered => DescribeDelivered(outcome),
            OutcomeKind.Filtered => $"filtered: {outcome.FilterReason}",
            OutcomeKind.Invalid => $"invalid: {outcome.Error?.Code}, {FieldOf(outcome)}{message}",
            OutcomeKind.Rejected => $"rejected: {outcome.Code}, {message}",
            _ => $"undelivered: {outcome.UndeliveredReason}, {message}",
        };
    }

    private static string DescribeDelivered(EventOutcome outcome)
    {
        if (outcome.OmittedFields.Count > 0)
        {
            return $"delivered without {string.Join(", ", outcome.OmittedFields.Select(field => $"{field.Field} ({field.Code})"))}";
        }

        return outcome.Warnings.Count > 0 ? "delivered, with a warning" : "delivered";
    }

    /// <summary>The field, if the message does not begin with it.</summary>
    private static string FieldOf(EventOutcome outcome) =>
        outcome.Error is { Field.Length: > 0 } error && !error.Message.StartsWith(error.Field, StringComparison.Ordinal)
            ? $"{Printable.Shorten(error.Field, MaxName)}: "
            : "";
}
