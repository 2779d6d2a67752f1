namespace CleverTap.Rudder;

/// <summary>The strategy for one RudderStack call: writes its records, or says why it cannot.</summary>
internal interface ICallMapper
{
    /// <summary>Null where the event was mapped.</summary>
    EventError? Map(in EventIndex e, MappingRun run);
}
