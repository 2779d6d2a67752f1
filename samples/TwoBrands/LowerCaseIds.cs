using CleverTap.Rudder;

namespace TwoBrands;

/// <summary>A rule of the host for both brands, which write user ids in different cases.</summary>
internal sealed class LowerCaseIds : IEventEditor
{
    public RudderEvent Edit(RudderEvent rudderEvent) => rudderEvent with { UserId = rudderEvent.UserId?.ToLowerInvariant() };
}
