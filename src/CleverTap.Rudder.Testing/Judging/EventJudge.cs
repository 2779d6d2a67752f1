using System.Text.Json;

namespace CleverTap.Rudder.Testing;

/// <summary>The rules for events: their name, and what may stand in them. Pure.</summary>
internal static class EventJudge
{
    private static readonly NameSet Charged = new(spacesCount: false, CleverTapRules.ChargedEvent);

    public static Refusal? Judge(UploadedRecord record)
    {
        string name = record.EventName.Kind == JsonValueKind.String ? record.EventName.ToText()! : "";
        if (name.Trim(' ').Length == 0) return new Refusal(RecordCode.EventNameMissing);
        if (CleverTapRules.ReservedEventNames.Contains(name)) return new Refusal(RecordCode.ReservedEvent);
        if (record.EventData.Kind != JsonValueKind.Object) return new Refusal(RecordCode.EventStructure, "evtData");
        return Properties(record.EventData, mayHaveItems: Charged.Contains(name));
    }

    private static Refusal? Properties(JsonValue data, bool mayHaveItems)
    {
        int count = 0;
        var members = new MemberReader(data);
        while (members.Next())
        {
            count++;
            if (members.Value.IsContainer && !(mayHaveItems && members.NameSpan.SequenceEqual("Items"u8) && AreFlat(members.Value)))
                return new Refusal(RecordCode.EventStructure, JsonText.Decode(members.NameSpan));
        }

        return count > CleverTapRules.EventProperties ? new Refusal(RecordCode.TooManyProperties) : null;
    }

    /// <summary>An array of flat objects. Scalars among them pass: CleverTap is not known to refuse them.</summary>
    private static bool AreFlat(JsonValue items) => items.Kind == JsonValueKind.Array && items.Elements().TrueForAll(IsFlat);

    private static bool IsFlat(JsonValue item)
    {
        if (item.Kind == JsonValueKind.Array) return false;
        var members = new MemberReader(item);
        while (members.Next())
        {
            if (members.Value.IsContainer) return false;
        }

        return true;
    }
}
