using CsCheck;

namespace CleverTap.Rudder.Tests.Delivery;

public sealed class DeliveryStatePropertyTests
{
    [Test]
    public void Any_schedule_loses_nothing_repeats_nothing_and_keeps_the_order_of_each_user() =>
        Gen.Int[0, int.MaxValue].Sample(seed => new DeliverySchedule(seed).Run(), iter: 5000);
}
