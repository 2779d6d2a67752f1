using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CleverTap.Rudder.AspNetCore;

/// <summary><c>&lt;clevertap-script nonce="…" /&gt;</c>: CleverTap's web SDK and the page's calls, as <see cref="ICleverTapPage.Render"/> has them.</summary>
/// <param name="page">The page.</param>
[HtmlTargetElement("clevertap-script", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CleverTapScriptTagHelper(ICleverTapPage page) : TagHelper
{
    /// <summary>The nonce of the page's Content-Security-Policy.</summary>
    public string? Nonce { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        output.Content.SetHtmlContent(page.Render(Nonce));
    }
}
