using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Mapping;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>Validates the name and the properties of an event. Pure.</summary>
internal static class EventUploadValidator
{
    private static readonly NameSet Charged = new(spacesCount: false, CleverTapRules.ChargedEvent);

    /// <summary>Returns the first error of an event, or null if CleverTap accepts it.</summary>
    /// <param name="record">The event.</param>
    /// <param name="nestedObjects">Whether the account has Nested Objects, which allows any property to be nested.</param>
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

        return ValidateProperties(record.EventData, allowItems: Charged.Contains(name), nestedObjects);
    }

    private static Rejection? ValidateProperties(JsonSlice data, bool allowItems, bool nestedObjects)
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

            bool isItems = allowItems && members.NameSpan.SequenceEqual("Items"u8) && AreFlat(members.Value);
            if (!isItems && !(nestedObjects && IsWithinLevels(members.Value)))
            {
                return new Rejection(RecordCode.EventStructure, JsonText.Decode(members.NameSpan));
            }
        }

        return count > CleverTapRules.EventProperties ? new Rejection(RecordCode.TooManyProperties) : null;
    }

    private static bool IsWithinLevels(JsonSlice value) => NestedDates.CountLevels(value) <= CleverTapRules.NestedLevels;

    /// <summary>Whether a value is an array of flat objects. Scalars are accepted, because CleverTap is not known to reject them.</summary>
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
