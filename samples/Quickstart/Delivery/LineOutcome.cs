using CleverTap.Rudder;

namespace Quickstart;

/// <summary>What became of one line. The event is null where the line does not hold one.</summary>
internal sealed record LineOutcome(long Number, RudderEvent? Event, EventOutcome Outcome);
