namespace CleverTap.Rudder;

/// <summary>What track, page and screen have in common: a name, the properties, and whose event it is.</summary>
internal abstract class EventMapper<TEvent> : BuiltInMapper<TEvent>
    where TEvent : RudderEvent
{
    public override EventError? Map(in EventIndex e, MappingRun run)
    {
        UserIds ids = UserIds.Of(e);
        if (!run.Options.TrackAnonymous && !ids.User.IsTruthy)
            return new EventError(EventErrorCode.UserIdMissing, "userId", "userId, not present cannot track anonymous user", "a userId");

        run.Properties.Open(e.Properties);

        // Before its conversion: as a property of a plain event it may become a CleverTap date.
        JsonValue explicitTs = run.Properties[TraitTable.Ts];
        JsonValue ts;
        JsonValue name;
        JsonFields data;
        EventError? error;
        if (OrderCompleted.IsNameOf(e))
        {
            name = OrderCompleted.Charged;
            data = run.Target;
            error = OrderCompleted.Map(run, data);
            ts = Timestamps.OfOrder(e, explicitTs, run);
        }
        else
        {
            data = run.Properties;
            error = NameOf(e, run, out name) ?? MapProperties(name, data, run);
            ts = Timestamps.OfEvent(e, explicitTs, run);
        }

        if (error is not null) return error;
        RecordUser user = ids.ToRecordUser(run.Options);
        if (user.Field == RecordUser.IdField.None && IdentifyMapper.MustHaveIds(run)) return IdentifyMapper.MissingIds();
        run.Records.Event(user, ts, name, data, withNulls: !run.Options.OmitNullProperties);
        return null;
    }

    private static EventError? MapProperties(JsonValue name, JsonFields data, MappingRun run)
    {
        if (OrderCompleted.MapCharged(name, data, run) is { } error)
        {
            return error;
        }

        FieldValues.Convert(data, run);
        return null;
    }

    /// <summary>The name in CleverTap; an error where the call has none.</summary>
    protected abstract EventError? NameOf(in EventIndex e, MappingRun run, out JsonValue name);
}
