using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using CleverTap.Rudder.AspNetCore;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.Web;

public sealed class PageTests
{
    [Test]
    public void Page_script_contains_account_region_and_calls_but_no_passcode()
    {
        ICleverTapPage page = PageOf(services =>
            services
                .AddCleverTapDestination(destination =>
                    (destination.AccountId, destination.Passcode, destination.Region) = ("acc", "open-sesame", "in1")
                )
                .Services.AddCleverTapWeb()
        );
        page.Track("Checked Out", new JsonObject { ["revenue"] = 2000 });

        string script = page.Render().Value!;

        Assert.That(
            script,
            Does.StartWith("<script>(function(")
                .And.EndsWith(
                    """(window,document,"clevertap-web-sdk","acc","in1",false,null"""
                        + ""","https://static.clevertap.com/js/clevertap.min.js","[{\"method\":\"event.push\","""
                        + """\"arguments\":[\"Checked Out\",{\"revenue\":2000}]}]");</script>"""
                )
        );
        Assert.That(script, Does.Not.Contain("open-sesame"));
    }

    [Test]
    public void Page_script_escapes_text_that_would_end_the_element_or_the_literal()
    {
        ICleverTapPage page = PageOf(services => services.AddCleverTapWeb(web => web.AccountId = "</script>\"\\"));
        page.Track("</script><!-- ' \u2028 \ud83d\ude00 &amp;");

        string script = page.Render().Value!;

        Assert.That(
            script,
            Does.EndWith(
                """(window,document,"clevertap-web-sdk","\u003c/script\u003e\"\\","",false,null"""
                    + ""","https://static.clevertap.com/js/clevertap.min.js","[{\"method\":\"event.push\","""
                    + """\"arguments\":[\"\u003c/script\u003e\u003c!-- \u0027 """
                    + """\u2028 \ud83d\ude00 \u0026amp;\",{}]}]");</script>"""
            )
        );
    }

    [Test]
    public void Page_script_has_an_encoded_nonce_attribute()
    {
        ICleverTapPage page = Page();

        Assert.That(page.Render("a+b=\"><script>").Value, Does.StartWith("<script nonce=\"a&#x2B;b=&quot;&gt;&lt;script&gt;\">"));
    }

    [TestCase(null)]
    [TestCase("")]
    public void Page_script_has_no_nonce_attribute_when_the_nonce_is_empty(string? nonce) =>
        Assert.That(Page().Render(nonce).Value, Does.StartWith("<script>"));

    [Test]
    public void Page_renders_a_call_only_once()
    {
        ICleverTapPage page = Page();
        page.Track("Seen");

        Assert.That(page.Calls, Has.Count.EqualTo(1));
        Assert.That(page.Render().Value, Does.Contain("Seen"));
        Assert.That(page.Calls, Is.Empty);
        Assert.That(page.Render().Value, Does.Not.Contain("Seen").And.Contain("acc"));
    }

    [Test]
    public void Tag_helper_renders_only_the_script()
    {
        ICleverTapPage page = Page();
        var output = new TagHelperOutput(
            "clevertap-script",
            [],
            (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent())
        );

        new CleverTapScriptTagHelper(page) { Nonce = "n-1" }.Process(
            new TagHelperContext([], new Dictionary<object, object>(), "id"),
            output
        );

        using var html = new StringWriter();
        output.WriteTo(html, HtmlEncoder.Default);
        Assert.That(html.ToString(), Is.EqualTo(page.Render("n-1").Value));
    }

    [Test]
    public void Page_sends_a_profile_change_when_the_same_user_is_identified_again()
    {
        ICleverTapPage page = Page();

        page.Identify("jane");
        page.Identify("jane", new JsonObject { ["plan"] = "pro" });
        page.Identify("joe");

        Assert.That(page.Calls.Select(call => call.Method), Is.EqualTo(new[] { "onUserLogin.push", "profile.push", "onUserLogin.push" }));
    }

    [Test]
    public void Page_sends_a_profile_change_when_the_user_is_signed_in()
    {
        ICleverTapPage page = Page();

        page.Add(new IdentifyEvent { UserId = "jane" }, isSignedIn: true);

        Assert.That(page.Calls.Single().Method, Is.EqualTo("profile.push"));
    }

    [Test]
    public void Page_returns_an_error_and_queues_nothing_when_a_call_cannot_be_sent()
    {
        ICleverTapPage page = Page();

        Assert.That(page.Track("").Error?.Code, Is.EqualTo(EventErrorCode.EventNameMissing));
        Assert.That(page.Add(new ScreenEvent { UserId = "jane", Name = "Main" }).Error?.Code, Is.EqualTo(EventErrorCode.TypeNotSupported));
        Assert.That(page.Calls, Is.Empty);
    }

    [Test]
    public void Page_needs_a_user_id_when_anonymous_users_are_not_tracked()
    {
        ICleverTapPage page = PageOf(services =>
            services.AddCleverTapWeb(web => (web.AccountId, web.Mapping) = ("acc", MappingOptions.Default with { TrackAnonymous = false }))
        );

        Assert.That(page.Page("Cart").Error?.Code, Is.EqualTo(EventErrorCode.UserIdMissing));
        Assert.That(page.Page("Cart", userId: "jane").Calls.Single().Arguments[0].GetString(), Is.EqualTo("Web Page Viewed: Cart"));
        Assert.That(page.Track("Seen", userId: "jane").Calls.Single().Arguments[0].GetString(), Is.EqualTo("Seen"));
    }

    [Test]
    public void Server_filters_an_event_that_a_page_sends()
    {
        ICleverTapPage page = PageOf(services =>
            services
                .AddCleverTapDestination(destination =>
                    (destination.AccountId, destination.Passcode, destination.Mapping) = (
                        "acc",
                        "p",
                        MappingOptions.Default with
                        {
                            NativeSdk = NativeSdkPlatforms.Web,
                        }
                    )
                )
                .Services.AddCleverTapWeb()
        );
        var seen = new TrackEvent
        {
            Channel = "web",
            UserId = "jane",
            Event = "Seen",
        };

        Assert.That(page.Add(seen).Status, Is.EqualTo(TransformStatus.Mapped));
        Assert.That(
            new CleverTapTransformer(MappingOptions.Default with { NativeSdk = NativeSdkPlatforms.Web }).Transform(seen).FilterReason,
            Is.EqualTo(FilterReason.NativeSdk)
        );
    }

    [Test]
    public void Page_contains_no_data_when_the_user_has_opted_out()
    {
        ICleverTapPage page = Page();
        page.OptOut = true;
        page.UseIp = true;
        page.Identify("jane");

        Assert.That(page.Render().Value, Does.Contain("\"acc\",\"\",true,true,").And.EndsWith("\"[]\");</script>"));
        Assert.That(page.Calls, Is.Empty);
    }

    [Test]
    public void Page_script_distinguishes_opt_in_from_no_choice()
    {
        ICleverTapPage page = Page();
        page.OptOut = false;

        Assert.That(page.Render().Value, Does.Contain("\"acc\",\"\",false,false,"));
    }

    private static ICleverTapPage Page() => PageOf(services => services.AddCleverTapWeb(web => web.AccountId = "acc"));

    private static ICleverTapPage PageOf(Func<IServiceCollection, IServiceCollection> register) =>
        register(new ServiceCollection()).BuildServiceProvider().CreateScope().ServiceProvider.GetRequiredService<ICleverTapPage>();
}
