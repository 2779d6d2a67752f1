using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CleverTap.Rudder.AspNetCore;

/// <summary>Renders <c>&lt;clevertap-script nonce="…" /&gt;</c>: CleverTap's web SDK and the calls of the page.</summary>
/// <remarks>The output is the same as that of <see cref="ICleverTapPage.Render"/>.</remarks>
/// <param name="page">The page.</param>
[HtmlTargetElement("clevertap-script", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CleverTapScriptTagHelper(ICleverTapPage page) : TagHelper
{
    /// <summary>Gets or sets the nonce of the page's Content-Security-Policy.</summary>
    /// <value>Default null: the script element has no nonce.</value>
    public string? Nonce { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        output.Content.SetHtmlContent(page.Render(Nonce));
    }
}
