using CleverTap.Rudder.Internal.Events;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>What track, page and screen have in common: a name, the properties, and whose event it is.</summary>
internal abstract class EventMapper : BuiltInMapper
{
    public override EventError? Map(in ParsedEvent e, MappingContext run)
    {
        UserIds ids = UserIds.Of(e);
        if (!run.Options.TrackAnonymous && !ids.User.IsTruthy)
        {
            return new EventError(EventErrorCode.UserIdMissing, "userId", "userId, not present cannot track anonymous user", "a userId");
        }

        run.Properties.Open(e.Properties);

        // Before its conversion: as a property of a plain event it may become a CleverTap date.
        JsonSlice explicitTs = run.Properties[TraitMap.Ts];
        run.Options.PropertyRules.Apply(run.Properties, nameof(MappingOptions.RenameProperties), run);
        if (FindName(e, run, out JsonSlice name) is { } nameError)
        {
            return nameError;
        }

        name = Rename(name, run);
        bool isOrder = ChargedEventMapper.IsName(name);
        JsonFields data = isOrder ? run.Target : run.Properties;
        EventError? error = isOrder ? ChargedEventMapper.Map(run, data) : MapProperties(name, data, run);
        JsonSlice ts = isOrder ? Timestamps.OfOrder(e, explicitTs, run) : Timestamps.OfEvent(e, explicitTs, run);
        if (error is not null)
        {
            return error;
        }

        RecordIdentity user = ids.ToRecordUser(run.Options);
        if (user.Field == RecordIdentity.IdField.None && IdentifyMapper.MustHaveIds(run))
        {
            return IdentifyMapper.MissingIds();
        }

        run.Records.WriteEvent(user, ts, isOrder ? ChargedEventMapper.Charged : name, data, withNulls: !run.Options.OmitNullProperties);
        return null;
    }

    public override string? FindListedName(in ParsedEvent e, MappingContext run)
    {
        if (e.Type != EventType.Track)
        {
            run.Properties.Open(e.Properties);
            run.Options.PropertyRules.Apply(run.Properties, nameof(MappingOptions.RenameProperties), run);
        }

        return FindName(e, run, out JsonSlice name) is null ? name.ToText() : null;
    }

    /// <summary>The name before it is renamed. An order keeps its name in any call.</summary>
    private EventError? FindName(in ParsedEvent e, MappingContext run, out JsonSlice name)
    {
        name = e.Event;
        return ChargedEventMapper.IsName(name) ? null : NameOf(e, run, out name);
    }

    private static JsonSlice Rename(JsonSlice name, MappingContext run)
    {
        Renames renames = run.Options.EventRenames;
        return !renames.IsEmpty && name.ToText() is { } text && renames.TryFind(text.Trim(), out FieldName target)
            ? run.Made.AddText(target.Span, default)
            : name;
    }

    private static EventError? MapProperties(JsonSlice name, JsonFields data, MappingContext run)
    {
        if (ChargedEventMapper.MapCharged(name, data, run) is { } error)
        {
            return error;
        }

        FieldValues.Convert(data, run);
        return null;
    }

    /// <summary>The name in CleverTap; an error where the call has none.</summary>
    protected abstract EventError? NameOf(in ParsedEvent e, MappingContext run, out JsonSlice name);
}
