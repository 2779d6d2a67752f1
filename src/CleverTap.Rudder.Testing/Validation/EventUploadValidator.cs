using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;
using CleverTap.Rudder.Internal.Records;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>The rules for events: their name, and what may stand in them. Pure.</summary>
internal static class EventUploadValidator
{
    private static readonly NameSet Charged = new(spacesCount: false, CleverTapRules.ChargedEvent);

    /// <summary>The first fault of an event; null if CleverTap takes it.</summary>
    /// <param name="record">The event.</param>
    /// <param name="nestedObjects">Whether the account has Nested Objects, so that any property may be nested.</param>
    public static Rejection? Validate(UploadedRecord record, bool nestedObjects)
    {
        string name = record.EventName.Kind == JsonValueKind.String ? record.EventName.ToText()! : "";
        if (name.Trim(' ').Length == 0)
        {
            return new Rejection(RecordCode.EventNameMissing);
        }

        if (CleverTapRules.ReservedEventNames.Contains(name))
        {
            return new Rejection(RecordCode.ReservedEvent);
        }

        if (record.EventData.Kind != JsonValueKind.Object)
        {
            return new Rejection(RecordCode.EventStructure, "evtData");
        }

        return Properties(record.EventData, mayHaveItems: Charged.Contains(name), nestedObjects);
    }

    private static Rejection? Properties(JsonSlice data, bool mayHaveItems, bool nestedObjects)
    {
        int count = 0;
        var members = new MemberReader(data);
        while (members.Next())
        {
            count++;
            if (!members.Value.IsContainer)
            {
                continue;
            }

            bool areItems = mayHaveItems && members.NameSpan.SequenceEqual("Items"u8) && AreFlat(members.Value);
            if (!areItems && !(nestedObjects && IsWithinLevels(members.Value)))
            {
                return new Rejection(RecordCode.EventStructure, JsonText.Decode(members.NameSpan));
            }
        }

        return count > CleverTapRules.EventProperties ? new Rejection(RecordCode.TooManyProperties) : null;
    }

    private static bool IsWithinLevels(JsonSlice value) => NestedDates.CountLevels(value) <= CleverTapRules.NestedLevels;

    /// <summary>An array of flat objects. Scalars among them pass: CleverTap is not known to reject them.</summary>
    private static bool AreFlat(JsonSlice items) => items.Kind == JsonValueKind.Array && items.Elements().TrueForAll(IsFlat);

    private static bool IsFlat(JsonSlice item)
    {
        if (item.Kind == JsonValueKind.Array)
        {
            return false;
        }

        var members = new MemberReader(item);
        while (members.Next())
        {
            if (members.Value.IsContainer)
            {
                return false;
            }
        }

        return true;
    }
}
