using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Tool.CheckAccount;

/// <summary>The claims about nested values of events, and about orders.</summary>
internal static class ChargedClaims
{
    public static IEnumerable<Claim> All => [.. Nested, .. Items, .. Amounts];

    private static Claim[] Nested =>
        [
            new(
                "property-nested",
                "An object or an array makes CleverTap reject an event, unless the account has Nested Objects",
                Grade.Confirmed,
                Sources.ObservedResponses,
                [Member.Of(RecordCode.EventStructure), Member.Option(nameof(MappingOptions.NestedValues)), nameof(EventUploadValidator)],
                new UploadProbe(
                    ProbeRecord.Event("object", "\"a\":{\"b\":1}", RecordCode.EventStructure),
                    ProbeRecord.Event("array", "\"a\":[1]", RecordCode.EventStructure)
                )
            ),
            new(
                "items-of-other-event",
                "Only a Charged event may have nested Items",
                Grade.Confirmed,
                Sources.PlatformConsiderations,
                [Member.Of(CleverTapRules.Items), Member.Of(CleverTapRules.ChargedEvent), nameof(EventUploadValidator)],
                new UploadProbe(
                    ProbeRecord.Event("other event", "\"Items\":[{\"Title\":\"A\"}]", RecordCode.EventStructure),
                    ProbeRecord.Charged("Charged", "\"Items\":[{\"Title\":\"A\"}]"),
                    ProbeRecord.Charged("other property", "\"Products\":[{\"Title\":\"A\"}]", RecordCode.EventStructure)
                )
            ),
            new(
                "groups-in-event",
                "A subscription group makes CleverTap reject an event",
                Grade.Unsure,
                Sources.ObservedResponses,
                [
                    Member.Of(CleverTapRules.CategoryUnsubscribe),
                    Member.Of(CleverTapRules.CategoryResubscribe),
                    Member.Of(WarningCode.NestedValue),
                ],
                new UploadProbe(
                    ProbeRecord.Event("unsubscribe", "\"category-unsubscribe\":{\"email\":[\"News\"]}", RecordCode.EventStructure),
                    ProbeRecord.Event("resubscribe", "\"category-resubscribe\":{\"email\":[\"News\"]}", RecordCode.EventStructure)
                )
            ),
        ];

    private static Claim[] Items =>
        [
            new(
                "items-flat",
                "Items are objects of texts, numbers and dates; a nested value makes CleverTap reject the event",
                Grade.Confirmed,
                Sources.PlatformConsiderations,
                [Member.Of(RecordCode.EventStructure), Member.Of(WarningCode.NestedValue), Member.Option(nameof(MappingOptions.Charged))],
                new UploadProbe(
                    ProbeRecord.Charged("flat", "\"Items\":[{\"Title\":\"A\",\"Quantity\":1,\"Day\":\"$D_1700000000\"}]"),
                    ProbeRecord.Charged("object", "\"Items\":[{\"Title\":{\"a\":1}}]", RecordCode.EventStructure),
                    ProbeRecord.Charged("array", "\"Items\":[{\"Title\":[1]}]", RecordCode.EventStructure)
                )
            ),
            new(
                "items-form",
                "Items must be an array, not of arrays; texts in it are accepted",
                Grade.Unsure,
                Sources.Undocumented,
                [Member.Of(WarningCode.ItemOmitted), nameof(EventUploadValidator)],
                new UploadProbe(
                    ProbeRecord.Charged("no items", "\"Items\":[]"),
                    ProbeRecord.Charged("text", "\"Items\":[\"A\"]"),
                    ProbeRecord.Charged("array", "\"Items\":[[1]]", RecordCode.EventStructure),
                    ProbeRecord.Charged("object", "\"Items\":{\"a\":1}", RecordCode.EventStructure)
                )
            ),
            new(
                "items-count",
                $"An order of more than {CleverTapRules.ItemsPerCharge} items is not rejected",
                Grade.Unsure,
                Sources.PlatformConsiderations,
                [Member.Of(CleverTapRules.ItemsPerCharge), Member.Of(WarningCode.TooManyItems)],
                new UploadProbe(Order(CleverTapRules.ItemsPerCharge), Order(CleverTapRules.ItemsPerCharge + 1))
            ),
        ];

    private static Claim[] Amounts =>
        [
            new(
                "charged-order",
                "An order has a numeric Amount, a Charged ID and Items",
                Grade.Confirmed,
                Sources.UploadEvents,
                [Member.Option(nameof(MappingOptions.Charged))],
                new UploadProbe(
                    ProbeRecord.Charged(
                        "order",
                        "\"Amount\":300.5,\"Currency\":\"USD\",\"Charged ID\":\"o-1\",\"Items\":[{\"Title\":\"A\"}]"
                    )
                )
            ),
            new(
                "charged-amount",
                "An order without a numeric Amount is accepted, although it adds nothing to the revenue",
                Grade.Confirmed,
                Sources.RevenueView,
                [Member.Of(WarningCode.AmountNotNumeric), Member.Of(WarningCode.AmountMissing)],
                new UploadProbe(ProbeRecord.Charged("text", "\"Amount\":\"19.99\""), ProbeRecord.Charged("missing", ""))
            ),
        ];

    private static ProbeRecord Order(int items) =>
        ProbeRecord.Charged($"{items} items", $"\"Items\":[{ProbeRecord.Elements(items, number => $"{{\"Title\":\"{number}\"}}")}]");
}
