using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Maps what track, page and screen calls have in common: the name, the properties and the user of an event.</summary>
internal abstract class EventMapper : BuiltInMapper
{
    private static readonly FieldName Ts = TraitMap.Ts.Text;

    public override EventError? Map(in ParsedEvent parsed, MappingContext context)
    {
        UserIds ids = UserIds.Read(parsed);
        if (!context.Options.TrackAnonymous && !ids.User.IsTruthy)
        {
            return new EventError(EventErrorCode.UserIdMissing, "userId", "userId, not present cannot track anonymous user", "a userId");
        }

        context.Properties.Open(parsed.Properties);

        // The explicit ts is read first: as a property of an event it may become a CleverTap date below.
        JsonSlice explicitTs = context.Properties[Ts];
        ApplyPropertyRules(context);
        if (FindName(parsed, context, out JsonSlice name) is { } nameError)
        {
            return nameError;
        }

        bool isRenamed = TryRename(ref name, context);
        return ChargedEventMapper.IsOrderName(name) || (isRenamed && name.Equals(ChargedEventMapper.Charged))
            ? MapOrder(parsed, ids, explicitTs, context)
            : MapOther(parsed, name, ids, explicitTs, context);
    }

    public override string? FindListedName(in ParsedEvent parsed, MappingContext context)
    {
        if (parsed.Type != EventType.Track)
        {
            context.Properties.Open(parsed.Properties);
            ApplyPropertyRules(context);
        }

        return FindName(parsed, context, out JsonSlice name) is null ? name.ToText() : null;
    }

    /// <summary>Reads the name of the event in CleverTap, or returns an error if the call has none.</summary>
    protected abstract EventError? ReadName(in ParsedEvent parsed, MappingContext context, out JsonSlice name);

    private static EventError? MapOrder(in ParsedEvent parsed, in UserIds ids, JsonSlice explicitTs, MappingContext context)
    {
        JsonFields data = context.Order;
        EventError? error = ChargedEventMapper.Map(context, data);
        JsonSlice ts = Timestamps.ResolveForOrder(parsed, explicitTs, context);
        return error ?? WriteRecord(ids, ts, ChargedEventMapper.Charged, data, context);
    }

    private static EventError? MapOther(in ParsedEvent parsed, JsonSlice name, in UserIds ids, JsonSlice explicitTs, MappingContext context)
    {
        JsonFields data = context.Properties;
        EventError? error = MapProperties(name, data, context);
        JsonSlice ts = Timestamps.ResolveForEvent(parsed, explicitTs, context);
        return error ?? WriteRecord(ids, ts, name, data, context);
    }

    private static EventError? MapProperties(JsonSlice name, JsonFields data, MappingContext context)
    {
        if (ChargedEventMapper.NormalizeChargedEvent(name, data, context) is { } error)
        {
            return error;
        }

        FieldValues.Convert(data, context);
        return null;
    }

    private static EventError? WriteRecord(in UserIds ids, JsonSlice ts, JsonSlice name, JsonFields data, MappingContext context)
    {
        RecordIdentity user = ids.ToRecordIdentity(context.Options);
        if (user.Field == RecordIdentity.IdField.None && UserIds.AreRequired(context.Options))
        {
            return UserIds.CreateMissingIdsError();
        }

        context.Records.WriteEvent(user, ts, name, data, withNulls: !context.Options.OmitNullProperties);
        return null;
    }

    private static void ApplyPropertyRules(MappingContext context) => context.Options.PropertyRules.Apply(context.Properties, context);

    /// <summary>Finds the name before it is renamed. An order keeps its name in any call.</summary>
    private EventError? FindName(in ParsedEvent parsed, MappingContext context, out JsonSlice name)
    {
        name = parsed.Event;
        return ChargedEventMapper.IsOrderName(name) ? null : ReadName(parsed, context, out name);
    }

    private static bool TryRename(ref JsonSlice name, MappingContext context)
    {
        Renames renames = context.Options.EventRenames;
        if (renames.IsEmpty || name.ToText() is not { } text || !renames.TryFind(text.Trim(), out FieldName target))
        {
            return false;
        }

        name = context.Scratch.AddText(target.Span, default);
        return true;
    }
}
