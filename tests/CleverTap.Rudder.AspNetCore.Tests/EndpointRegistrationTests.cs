using CleverTap.Rudder.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.AspNetCore;

/// <summary>Errors of an endpoint are reported before the host starts.</summary>
public sealed class EndpointRegistrationTests
{
    private const string OrLeaveItOut = "leave it out to take events from everybody";

    [TestCase("MaxBodyBytes", "0", "Rudder:MaxBodyBytes must be ≥ 1 (was 0)")]
    [TestCase("MaxBodyBytes", "many", "Rudder:MaxBodyBytes must be a whole number")]
    [TestCase("QueueTimeout", "-00:00:01", "Rudder:QueueTimeout must be between 0 and 1 hour (was -00:00:01)")]
    [TestCase("RetryAfter", "2.00:00:00", "Rudder:RetryAfter must be between 0 and 1 day (was 2.00:00:00)")]
    [TestCase("SecretHeader", " ", "Rudder:SecretHeader must be the name of a header")]
    [TestCase("Secret", "", "Rudder:Secret must not be empty: it is the value of the header X-Webhook-Secret; " + OrLeaveItOut)]
    [TestCase("Secrets", "s", "Rudder:Secrets is no option")]
    public void Invalid_option_is_an_error_with_the_section(string option, string value, string expected)
    {
        WebApplication app = Build();
        app.Configuration[$"Rudder:{option}"] = value;

        Assert.That(
            () => app.MapRudderEvents("/rudder", app.Configuration.GetSection("Rudder")),
            Throws.TypeOf<OptionsValidationException>().With.Message.EqualTo(expected)
        );
    }

    [Test]
    public void All_errors_come_in_one_exception() =>
        Assert.That(
            () => Build().MapRudderEvents("/rudder", options => (options.MaxBodyBytes, options.Secret) = (-1, " ")),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("MaxBodyBytes must").And.Message.Contains("Secret must")
        );

    [Test]
    public void Every_option_binds_from_configuration()
    {
        var values = new Dictionary<string, string?>
        {
            ["MaxBodyBytes"] = "1000",
            ["Destination"] = "eu",
            ["QueueTimeout"] = "00:00:01",
            ["RetryAfter"] = "00:00:02",
            ["SecretHeader"] = "X-Key",
            ["Secret"] = "shared",
        };

        RudderEventsOptions options = EndpointOptions.From(new ConfigurationBuilder().AddInMemoryCollection(values).Build());

        Assert.That(values.Keys, Is.EquivalentTo(typeof(RudderEventsOptions).GetProperties().Select(property => property.Name)));
        Assert.That(
            (options.MaxBodyBytes, options.Destination, options.QueueTimeout, options.RetryAfter, options.SecretHeader, options.Secret),
            Is.EqualTo((1000, "eu", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "X-Key", "shared"))
        );
    }

    [Test]
    public void A_destination_without_a_queue_is_an_error_that_says_what_to_add()
    {
        Assert.That(
            () => Build("eu").MapRudderEvents("/rudder", options => options.Destination = "eu"),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "There is no queue for the events: destination 'eu' needs AddBackgroundDelivery, AddSqliteOutbox or another queue."
            )
        );
        Assert.That(() => WebApplication.CreateBuilder().Build().MapRudderDataPlane("key"), Throws.InvalidOperationException);
    }

    [Test]
    public void MapRudderEvents_lists_the_destinations_when_none_has_the_name() =>
        Assert.That(
            () => Build("eu").MapRudderEvents("/rudder", options => options.Destination = "nope"),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "There is no queue for the events: there is no CleverTap destination 'nope'; there is one without a name, 'eu'; "
                    + "set Destination to one of these names."
            )
        );

    [Test]
    public void A_data_plane_needs_write_keys()
    {
        Assert.That(() => Build().MapRudderDataPlane(), Throws.ArgumentException);
        Assert.That(() => Build().MapRudderDataPlane("key", ""), Throws.ArgumentException);
    }

    /// <param name="withoutQueue">The name of a second destination, which has no queue.</param>
    private static WebApplication Build(string? withoutQueue = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Services.AddCleverTapDestination(options => (options.AccountId, options.Passcode) = ("a", "p")).AddBackgroundDelivery();
        if (withoutQueue is not null)
        {
            builder.Services.AddCleverTapDestination(withoutQueue, options => (options.AccountId, options.Passcode) = ("a", "p"));
        }

        return builder.Build();
    }
}
