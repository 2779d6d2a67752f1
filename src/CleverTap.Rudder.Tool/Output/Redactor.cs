using System.Net;
using System.Text.Json;
using CleverTap.Rudder.Tool.CommandLine;

namespace CleverTap.Rudder.Tool.Output;

/// <summary>Makes texts of a server safe to show: without the credentials that it may echo, on one line, and short.</summary>
internal sealed class Redactor(Account account)
{
    private const int MaxLength = 300;

    /// <summary>The texts to replace, the longest first, so that no part of an escaped one remains.</summary>
    private readonly (string Text, string Replacement)[] secrets =
    [
        .. FormsOf(account.Passcode).Select(form => (form, "(passcode)")),
        .. FormsOf(account.Id).Select(form => (form, "(account id)")),
    ];

    /// <summary>Replaces the credentials, shortens the text and puts it on one line.</summary>
    public string Clean(string text) => Printable.Shorten(Redact(text), MaxLength).Trim();

    /// <summary>Replaces the credentials.</summary>
    public string Redact(string text)
    {
        foreach ((string secret, string replacement) in secrets)
        {
            text = text.Replace(secret, replacement, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    /// <summary>Returns the forms in which JSON, an address or HTML may hold a text.</summary>
    private static IEnumerable<string> FormsOf(string text) =>
        new[] { text, JsonEncodedText.Encode(text).Value, Uri.EscapeDataString(text), WebUtility.HtmlEncode(text) }
            .Where(form => form.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(form => form.Length);
}
