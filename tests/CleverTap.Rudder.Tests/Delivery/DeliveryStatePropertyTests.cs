using CsCheck;

namespace CleverTap.Rudder.Tests.Delivery;

public sealed class DeliveryStatePropertyTests
{
    [Test]
    public void Engine_delivers_each_event_once_and_in_user_order_for_any_schedule() =>
        Gen.Int[0, int.MaxValue].Sample(seed => new DeliverySchedule(seed).Run(), iter: 5000);
}
