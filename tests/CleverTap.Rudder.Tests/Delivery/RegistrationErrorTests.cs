using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CleverTap.Rudder.Tests.Delivery;

/// <summary>The errors of a registration name the calls or the configuration sections that are wrong.</summary>
public sealed class RegistrationErrorTests
{
    [Test]
    public void AddCleverTapDestination_names_both_calls_when_two_have_no_name()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap:Shoes"));

        Assert.That(
            () => builder.Services.AddCleverTapDestination(_ => { }),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Two CleverTap destinations have no name, AddCleverTapDestination(section 'CleverTap:Shoes') and "
                    + "AddCleverTapDestination(options => …), so that the events of one would go to the account of the other: "
                    + "give each a name, as in AddCleverTapDestination(\"eu\", …). "
                    + "To change the options of one, call services.Configure<CleverTapOptions>(…)."
            )
        );
    }

    [Test]
    public void AddCleverTapDestination_names_both_calls_when_two_have_the_same_name()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddCleverTapDestination("eu", builder.Configuration.GetSection("Shoes"));

        Assert.That(
            () => builder.Services.AddCleverTapDestination("eu", builder.Configuration.GetSection("Hats")),
            Throws.InvalidOperationException.With.Message.Contains(
                "AddCleverTapDestination(\"eu\", section 'Shoes') and AddCleverTapDestination(\"eu\", section 'Hats')"
            )
        );
    }

    [Test]
    public void AddCleverTapDestination_names_both_calls_when_two_names_differ_only_in_case()
    {
        var services = new ServiceCollection();
        services.AddCleverTapDestination("EU", _ => { });

        Assert.That(
            () => services.AddCleverTapDestination("eu", _ => { }),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "The names of two CleverTap destinations differ only in case, AddCleverTapDestination(\"EU\", options => …) and "
                    + "AddCleverTapDestination(\"eu\", options => …), so that they are easily confused: rename one of them."
            )
        );
    }

    [Test]
    public void AddCleverTapRouting_names_both_calls_when_its_name_differs_from_a_destination_only_in_case()
    {
        var services = new ServiceCollection();
        services.AddCleverTapDestination("shop", _ => { });

        Assert.That(
            () => services.AddCleverTapRouting("Shop", _ => null),
            Throws.InvalidOperationException.With.Message.Contains(
                "AddCleverTapDestination(\"shop\", options => …) and AddCleverTapRouting(\"Shop\", rudderEvent => …)"
            )
        );
    }

    [Test]
    public void AddCleverTapDestination_names_the_call_when_the_name_is_blank() =>
        Assert.That(
            () => new ServiceCollection().AddCleverTapDestination(" ", _ => { }),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "A CleverTap destination has a blank name, AddCleverTapDestination(\" \", options => …): "
                    + "give it a name with letters, or leave the name out."
            )
        );

    [Test]
    public void AddCleverTapDestination_takes_one_destination_without_a_name_beside_others()
    {
        var services = new ServiceCollection();
        services.AddCleverTapDestination(_ => { });
        services.AddCleverTapDestination("eu", _ => { });

        Assert.That(() => services.AddCleverTapDestination("in", _ => { }), Throws.Nothing);
    }

    [Test]
    public void AddBackgroundDelivery_names_both_calls_when_there_is_a_queue_already()
    {
        ICleverTapDestinationBuilder destination = new ServiceCollection().AddCleverTapDestination("eu", _ => { }).AddSqliteOutbox("x.db");

        Assert.That(
            () => destination.AddBackgroundDelivery(),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "CleverTap destination 'eu' has two queues, by AddSqliteOutbox and AddBackgroundDelivery: "
                    + "keep one of them, because a destination has one queue."
            )
        );
    }

    [Test]
    public void AddOutcomeHandler_without_a_queue_is_an_error_when_the_host_starts()
    {
        using IHost host = Build(builder =>
            builder.Services.AddCleverTapDestination("eu", Good).AddOutcomeHandler((_, _) => Task.CompletedTask)
        );

        Assert.That(
            () => host.StartAsync(),
            Throws
                .TypeOf<OptionsValidationException>()
                .With.Message.EqualTo(
                    "CleverTap destination 'eu': AddOutcomeHandler has no queue that would call it: "
                        + "add one, such as .AddBackgroundDelivery(); SendAsync returns outcomes instead."
                )
        );
    }

    [Test]
    public void AddOutcomeHandler_may_come_before_the_queue()
    {
        using IHost host = Build(builder =>
            builder.Services.AddCleverTapDestination(Good).AddOutcomeHandler((_, _) => Task.CompletedTask).AddBackgroundDelivery()
        );

        Assert.That(() => host.StartAsync(), Throws.Nothing);
    }

    [Test]
    public void Host_reports_the_errors_of_all_destinations_and_queues_with_their_sections()
    {
        using IHost host = Build(builder =>
        {
            builder.Configuration["Brands:Shoes:AccountId"] = "a";
            builder.Configuration["Brands:Shoes:Regoin"] = "in1";
            builder.Configuration["Brands:Shoes:Background:Capacity"] = "many";
            builder
                .Services.AddCleverTapDestination("shoes", builder.Configuration.GetSection("Brands:Shoes"))
                .AddBackgroundDelivery(builder.Configuration.GetSection("Brands:Shoes:Background"));
            builder
                .Services.AddCleverTapDestination("hats", builder.Configuration.GetSection("Brands:Hats"))
                .AddSqliteOutbox(builder.Configuration.GetSection("Brands:Hats:Outbox"));
        });

        AggregateException errors = Assert.ThrowsAsync<AggregateException>(() => host.StartAsync())!;
        Assert.That(
            errors.InnerExceptions.Select(error => error.Message),
            Is.EquivalentTo(
                new[]
                {
                    "CleverTap destination 'shoes' (section 'Brands:Shoes'): Regoin is no option; Passcode is missing.",
                    "CleverTap queue 'shoes' (section 'Brands:Shoes:Background'): Capacity must be a whole number.",
                    "CleverTap destination 'hats' (section 'Brands:Hats', which is empty or missing): "
                        + "AccountId is missing; Passcode is missing.",
                    "CleverTap outbox 'hats' (section 'Brands:Hats:Outbox', which is empty or missing): "
                        + "Database must be the path of a file, or a connection string to one (which is what holds a =), not encrypted.",
                }
            )
        );
    }

    [Test]
    public void Configuration_treats_an_empty_value_as_a_section_when_it_has_children()
    {
        using IHost host = Build(builder =>
        {
            builder.Configuration.AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["CleverTap"] = "",
                    ["CleverTap:AccountId"] = "a",
                    ["CleverTap:Passcode"] = "p",
                    ["CleverTap:Mapping"] = "",
                    ["CleverTap:Mapping:TrackAnonymous"] = "false",
                    ["CleverTap:Background"] = "",
                    ["CleverTap:Background:Capacity"] = "5",
                }
            );
            builder
                .Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
                .AddBackgroundDelivery(builder.Configuration.GetSection("CleverTap:Background"));
        });

        Assert.That(() => host.StartAsync(), Throws.Nothing);
        Assert.That(host.Services.GetRequiredService<IOptions<CleverTapOptions>>().Value.Mapping.TrackAnonymous, Is.False);
    }

    [Test]
    public void Configuration_rejects_an_unknown_option_when_its_value_is_empty()
    {
        using IHost host = Build(builder =>
        {
            builder.Configuration["CleverTap:Regoin"] = "";
            builder.Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"));
        });

        Assert.That(() => host.StartAsync(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Regoin is no option"));
    }

    [TestCase("snake_case", TraitNaming.SnakeCase)]
    [TestCase("as-is", TraitNaming.AsIs)]
    public void TraitNaming_accepts_other_spellings_of_its_choices(string text, TraitNaming expected) =>
        Assert.That(Naming(text), Is.EqualTo(expected));

    [TestCase("CamelCase")]
    [TestCase("Original")]
    public void TraitNaming_lists_the_choices_when_the_text_is_unknown(string text) =>
        Assert.That(
            () => Naming(text),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Mapping:TraitNaming must be SnakeCase or AsIs")
        );

    private static TraitNaming Naming(string text)
    {
        using IHost host = Build(builder =>
        {
            builder.Configuration["CleverTap:AccountId"] = "a";
            builder.Configuration["CleverTap:Passcode"] = "p";
            builder.Configuration["CleverTap:Mapping:TraitNaming"] = text;
            builder.Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"));
        });
        return host.Services.GetRequiredService<IOptions<CleverTapOptions>>().Value.Mapping.TraitNaming;
    }

    private static IHost Build(Action<HostApplicationBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        configure(builder);
        return builder.Build();
    }

    private static void Good(CleverTapOptions options) => (options.AccountId, options.Passcode) = ("a", "p");
}
