using CleverTap.Rudder;

namespace TwoBrands;

/// <summary>A rule of the host for both brands: they spell user ids in different ways.</summary>
internal sealed class LowerCaseIds : IEventEditor
{
    public RudderEvent Edit(RudderEvent rudderEvent) => rudderEvent with { UserId = rudderEvent.UserId?.ToLowerInvariant() };
}
