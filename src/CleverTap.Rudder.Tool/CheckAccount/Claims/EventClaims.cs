using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary>The claims about the names, times and properties of events.</summary>
internal static class EventClaims
{
    public static IEnumerable<Claim> All => [.. Kinds, .. Names, .. Times, .. Properties, .. Values];

    private static Claim[] Kinds =>
        [
            new(
                "record-type",
                "A record that is no event, profile or token is rejected",
                Grade.Confirmed,
                Sources.ApiErrors,
                [Member.Of(RecordCode.UnknownRecord), nameof(UploadValidator)],
                new UploadProbe(
                    new ProbeRecord("unknown type", $"{{\"identity\":\"{Probe.User}\",\"type\":\"group\"}}", RecordCode.UnknownRecord),
                    new ProbeRecord("no type", $"{{\"identity\":\"{Probe.User}\"}}", RecordCode.UnknownRecord)
                )
            ),
            new(
                "event-data",
                "An event must have an object evtData, which may be empty",
                Grade.Unsure,
                Sources.UploadEvents,
                [Member.Of(RecordCode.EventStructure), nameof(EventUploadValidator)],
                new UploadProbe(
                    ProbeRecord.Event("empty", ""),
                    ProbeRecord.EventWith("missing", "\"evtName\":\"Check\"", RecordCode.EventStructure),
                    ProbeRecord.EventWith("array", "\"evtName\":\"Check\",\"evtData\":[]", RecordCode.EventStructure)
                )
            ),
        ];

    private static Claim[] Names =>
        [
            new(
                "event-name-missing",
                "An event without a name is rejected",
                Grade.Confirmed,
                Sources.ApiErrors,
                [Member.Of(RecordCode.EventNameMissing), Member.Of(WarningCode.EmptyName), nameof(EventUploadValidator)],
                new UploadProbe(
                    ProbeRecord.EventWith("no name", "\"evtData\":{}", RecordCode.EventNameMissing),
                    ProbeRecord.Event("empty", "", RecordCode.EventNameMissing, name: "")
                )
            ),
            new(
                "event-name-blank",
                "A name that is blank or no text counts as missing",
                Grade.Unsure,
                Sources.Undocumented,
                [Member.Of(RecordCode.EventNameMissing), nameof(EventUploadValidator)],
                new UploadProbe(
                    ProbeRecord.Event("blank", "", RecordCode.EventNameMissing, name: "  "),
                    ProbeRecord.EventWith("number", "\"evtName\":5,\"evtData\":{}", RecordCode.EventNameMissing)
                )
            ),
            new(
                "event-name-web-page-viewed",
                "The name Web Page Viewed is reserved",
                Grade.Confirmed,
                Sources.ObservedResponses,
                [
                    Member.Of(RecordCode.ReservedEvent),
                    Member.Of(CleverTapRules.ReservedEventNames),
                    Member.Option(nameof(MappingOptions.ViewNameFallback)),
                ],
                new UploadProbe(ProbeRecord.Event("reserved", "", RecordCode.ReservedEvent, name: "Web Page Viewed"))
            ),
            new(
                "event-name-reserved",
                "The names of CleverTap's system events are reserved",
                Grade.Unsure,
                $"{Sources.PlatformConsiderations}; {Sources.ClientSdk}",
                [
                    Member.Of(RecordCode.ReservedEvent),
                    Member.Of(CleverTapRules.ReservedEventNames),
                    Member.Of(WarningCode.ReservedEventName),
                    nameof(EventUploadValidator),
                ],
                new UploadProbe([
                    .. CleverTapRules.ReservedEventNames.Names.Select(name => ProbeRecord.Event(name, "", RecordCode.ReservedEvent, name)),
                ])
            ),
            new(
                "event-name-reserved-form",
                "A reserved name is reserved in any case and without its spaces",
                Grade.Unsure,
                Sources.PlatformConsiderations,
                [Member.Of(CleverTapRules.ReservedEventNames), nameof(NameSet)],
                new UploadProbe(
                    ProbeRecord.Event("case", "", RecordCode.ReservedEvent, name: "app launched"),
                    ProbeRecord.Event("spaces", "", RecordCode.ReservedEvent, name: "AppLaunched")
                )
            ),
            new(
                "event-name-length",
                $"An event name over {CleverTapRules.EventNameBytes} bytes is not rejected",
                Grade.Unsure,
                Sources.ClientSdk,
                [Member.Of(CleverTapRules.EventNameBytes), Member.Of(WarningCode.NameTooLong), nameof(EventUploadValidator)],
                new UploadProbe(
                    ProbeRecord.Event("longest", "", name: new string('n', CleverTapRules.EventNameBytes)),
                    ProbeRecord.Event("longer", "", name: new string('n', CleverTapRules.EventNameBytes + 1))
                )
            ),
            new(
                "event-name-characters",
                "Characters that CleverTap does not allow in names do not make it reject an event",
                Grade.Unsure,
                Sources.PlatformConsiderations,
                [
                    Member.Of(CleverTapRules.ProhibitedInNames),
                    Member.Of(WarningCode.ProhibitedCharacter),
                    Member.Option(nameof(MappingOptions.EscapeViewNames)),
                ],
                new UploadProbe([
                    .. ProhibitedCharacters.InNames.Select(sign => ProbeRecord.Event($"{sign}", "", name: $"Check {sign} of names")),
                ])
            ),
            new(
                "event-name-charged",
                "The name Charged marks an order in any case",
                Grade.Unsure,
                Sources.PlatformConsiderations,
                [Member.Of(CleverTapRules.ChargedEvent), nameof(EventUploadValidator)],
                new UploadProbe(ProbeRecord.Event("lower case", "\"Items\":[{\"Title\":\"A\"}]", name: "charged"))
            ),
        ];

    private static Claim[] Times =>
        [
            Time("ts-optional", "A record needs no time", Grade.Confirmed, Sources.UploadEvents, [], ("missing", null, null)),
            Time(
                "ts-seconds",
                "The time is in seconds since 1970; 0 is no time",
                Grade.Confirmed,
                Sources.ObservedResponses,
                [Member.Of(RecordCode.TimestampNotEpoch), Member.Option(nameof(MappingOptions.Timestamps))],
                ("seconds", "1700000000", null),
                ("0", "0", RecordCode.TimestampNotEpoch)
            ),
            Time(
                "ts-not-epoch",
                "A time in another form is rejected",
                Grade.Unsure,
                Sources.ApiErrors,
                [Member.Of(RecordCode.TimestampNotEpoch), Member.Of(WarningCode.TimestampUnreadable)],
                ("ISO date", "\"2024-01-31T00:00:00Z\"", RecordCode.TimestampNotEpoch),
                ("negative", "-1", RecordCode.TimestampNotEpoch),
                ("true", "true", RecordCode.TimestampNotEpoch)
            ),
            Time(
                "ts-tolerated",
                "Digits as text, milliseconds and null are accepted as times",
                Grade.Unsure,
                Sources.Undocumented,
                [],
                ("text", "\"1700000000\"", null),
                ("milliseconds", "1700000000000", null),
                ("null", "null", null)
            ),
            Time(
                "ts-future",
                "An event in the future is accepted, although live campaigns ignore it",
                Grade.Confirmed,
                Sources.EventsObject,
                [Member.Of(WarningCode.TimestampInFuture)],
                ("year 2100", "4102444800", null)
            ),
        ];

    private static Claim[] Properties =>
        [
            new(
                "event-properties",
                $"An event may have {CleverTapRules.EventProperties} properties, unless the account has another limit",
                Grade.Confirmed,
                Sources.UploadEvents,
                [
                    Member.Of(RecordCode.TooManyProperties),
                    Member.Of(CleverTapRules.EventProperties),
                    Member.Of(WarningCode.TooManyProperties),
                    nameof(EventUploadValidator),
                ],
                new UploadProbe(
                    ProbeRecord.Event($"{CleverTapRules.EventProperties}", ProbeRecord.Members(CleverTapRules.EventProperties)),
                    ProbeRecord.Event(
                        $"{CleverTapRules.EventProperties + 1}",
                        ProbeRecord.Members(CleverTapRules.EventProperties + 1),
                        RecordCode.TooManyProperties
                    )
                )
            ),
            new(
                "property-name-length",
                $"A property name over {CleverTapRules.NameBytes} bytes does not make CleverTap reject an event",
                Grade.Unsure,
                Sources.PlatformConsiderations,
                [Member.Of(CleverTapRules.NameBytes), Member.Of(WarningCode.NameTooLong)],
                new UploadProbe(
                    ProbeRecord.Event("longest", $"\"{new string('n', CleverTapRules.NameBytes)}\":1"),
                    ProbeRecord.Event("longer", $"\"{new string('n', CleverTapRules.NameBytes + 1)}\":1")
                )
            ),
            new(
                "property-name-characters",
                "Property names that are empty or have characters that CleverTap does not allow do not make it reject an event",
                Grade.Unsure,
                Sources.PlatformConsiderations,
                [Member.Of(CleverTapRules.ProhibitedInNames), Member.Of(WarningCode.ProhibitedCharacter), Member.Of(WarningCode.EmptyName)],
                new UploadProbe([
                    .. ProhibitedCharacters.InNames.Select(sign => ProbeRecord.Event($"{sign}", $"{ProbeRecord.Text($"a{sign}b")}:1")),
                    ProbeRecord.Event("empty", "\"\":1"),
                ])
            ),
        ];

    private static Claim[] Values =>
        [
            new(
                "property-values",
                "A property is text, a number, true or false, or a date of the form $D_<seconds since 1970>",
                Grade.Confirmed,
                Sources.PlatformConsiderations,
                [nameof(EventRecord), Member.Option(nameof(MappingOptions.ConvertDates))],
                new UploadProbe(
                    ProbeRecord.Event("text", "\"a\":\"b\""),
                    ProbeRecord.Event("number", "\"a\":39.95"),
                    ProbeRecord.Event("true", "\"a\":true"),
                    ProbeRecord.Event("date", "\"a\":\"$D_1700000000\"")
                )
            ),
            new(
                "property-null",
                "A property that is null does not make CleverTap reject an event",
                Grade.Unsure,
                Sources.Undocumented,
                [Member.Option(nameof(MappingOptions.OmitNullProperties)), Member.Of(WarningCode.NumberOutOfRange)],
                new UploadProbe(ProbeRecord.Event("null", "\"a\":null"))
            ),
            new(
                "property-date-text",
                "A date in another form is accepted, as text",
                Grade.Unsure,
                Sources.UploadEvents,
                [Member.Of(WarningCode.DateIsText), Member.Option(nameof(MappingOptions.DateFields))],
                new UploadProbe(ProbeRecord.Event("ISO date", "\"a\":\"2024-01-31T00:00:00Z\""))
            ),
            new(
                "property-value-length",
                $"A text over {CleverTapRules.ValueBytes} bytes does not make CleverTap reject an event",
                Grade.Unsure,
                Sources.PlatformConsiderations,
                [Member.Of(CleverTapRules.ValueBytes), Member.Of(WarningCode.ValueTooLong)],
                new UploadProbe(
                    ProbeRecord.Event("longest", $"\"a\":\"{new string('v', CleverTapRules.ValueBytes)}\""),
                    ProbeRecord.Event("longer", $"\"a\":\"{new string('v', CleverTapRules.ValueBytes + 1)}\"")
                )
            ),
        ];

    private static Claim Time(
        string id,
        string statement,
        Grade grade,
        string source,
        string[] usedIn,
        params (string Label, string? Ts, RecordCode? Code)[] records
    ) =>
        new(
            id,
            statement,
            grade,
            source,
            [.. usedIn, nameof(UploadedRecord)],
            new UploadProbe([
                .. records.Select(record =>
                    ProbeRecord.EventWith(
                        record.Label,
                        $"{(record.Ts is null ? "" : $"\"ts\":{record.Ts},")}\"evtName\":\"Check\",\"evtData\":{{}}",
                        record.Code
                    )
                ),
            ])
        );
}
