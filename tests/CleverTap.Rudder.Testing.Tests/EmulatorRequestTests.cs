namespace CleverTap.Rudder.Tests.Testing;

public sealed class EmulatorRequestTests
{
    private readonly EmulatorRequest request = new("GET", "/1/upload") { QueryString = "?a=x%20y&dryRun=1&b" };

    [Test]
    public void Query_returns_a_decoded_parameter() => Assert.That(request.Query("a"), Is.EqualTo("x y"));

    [Test]
    public void Query_is_empty_for_a_parameter_without_a_value() => Assert.That(request.Query("b"), Is.Empty);

    [Test]
    public void Query_is_null_for_a_missing_parameter() => Assert.That(request.Query("c"), Is.Null);

    [Test]
    public void Query_is_parsed_once()
    {
        string? first = request.Query("a");

        Assert.That(request.Query("a"), Is.SameAs(first));
    }

    [Test]
    public void Query_is_kept_in_a_copy() => Assert.That((request with { Number = 7 }).IsDryRun, Is.True);
}
