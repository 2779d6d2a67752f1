using System.Buffers;
using System.Globalization;
using System.Text;

namespace CleverTap.Rudder.Internal.Json;

/// <summary>Converts JSON strings from and to their canonical form.</summary>
/// <remarks>
/// The <em>content</em> of a string is the text between its quotes. <em>Canonical</em> content has escapes only where JSON needs them, in
/// the form that ECMAScript uses. Equal strings are therefore equal bytes, and a lone surrogate, which UTF-8 cannot represent, keeps its
/// escape.
/// </remarks>
internal static class JsonText
{
    private static readonly SearchValues<byte> QuoteOrBackslash = SearchValues.Create("\"\\"u8);

    /// <summary>The canonical form of well-formed content; the input itself if it has no escapes.</summary>
    public static ReadOnlyMemory<byte> Canonical(ReadOnlyMemory<byte> content) =>
        content.Span.Contains((byte)'\\') ? Encode(Decode(content.Span)) : content;

    /// <summary>The string that well-formed content represents. Lone surrogates stay lone surrogates.</summary>
    public static string Decode(ReadOnlySpan<byte> content)
    {
        int escape = content.IndexOf((byte)'\\');
        if (escape < 0)
        {
            return Encoding.UTF8.GetString(content);
        }

        var text = new StringBuilder(content.Length);
        while (escape >= 0)
        {
            text.Append(Encoding.UTF8.GetString(content[..escape]));
            byte kind = content[escape + 1];
            int length = kind == 'u' ? 6 : 2;
            text.Append(
                kind switch
                {
                    (byte)'u' => (char)
                        ushort.Parse(content.Slice(escape + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                    (byte)'b' => '\b',
                    (byte)'t' => '\t',
                    (byte)'n' => '\n',
                    (byte)'f' => '\f',
                    (byte)'r' => '\r',
                    _ => (char)kind,
                }
            );
            content = content[(escape + length)..];
            escape = content.IndexOf((byte)'\\');
        }

        return text.Append(Encoding.UTF8.GetString(content)).ToString();
    }

    /// <summary>The canonical content of a string.</summary>
    public static byte[] Encode(ReadOnlySpan<char> text)
    {
        var buffer = new ArrayBufferWriter<byte>(text.Length + 16);
        while (!text.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf16(text, out Rune rune, out int used);
            if (status != OperationStatus.Done)
            {
                buffer.Write(Encoding.ASCII.GetBytes($"\\u{(int)text[0]:x4}"));
            }
            else if (rune.Value is '"' or '\\' or < ' ')
            {
                buffer.Write(Escape((char)rune.Value));
            }
            else
            {
                buffer.Advance(rune.EncodeToUtf8(buffer.GetSpan(4)));
            }

            text = text[used..];
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Appends canonical JSON text as the content of a JSON string: each quote and backslash gets a backslash.</summary>
    public static void AppendEscaped(Utf8Buffer output, ReadOnlySpan<byte> canonicalJson)
    {
        while (true)
        {
            int next = canonicalJson.IndexOfAny(QuoteOrBackslash);
            if (next < 0)
            {
                break;
            }

            output.Append(canonicalJson[..next]);
            output.Append((byte)'\\');
            output.Append(canonicalJson[next]);
            canonicalJson = canonicalJson[(next + 1)..];
        }

        output.Append(canonicalJson);
    }

    private static byte[] Escape(char character) =>
        character switch
        {
            '"' => "\\\""u8.ToArray(),
            '\\' => "\\\\"u8.ToArray(),
            '\b' => "\\b"u8.ToArray(),
            '\t' => "\\t"u8.ToArray(),
            '\n' => "\\n"u8.ToArray(),
            '\f' => "\\f"u8.ToArray(),
            '\r' => "\\r"u8.ToArray(),
            _ => Encoding.ASCII.GetBytes($"\\u{(int)character:x4}"),
        };
}
