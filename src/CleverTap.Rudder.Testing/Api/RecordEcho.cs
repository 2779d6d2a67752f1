using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Internal.Testing.Api;

/// <summary>Creates the echo of a rejected record, which differs from the record that was sent. Pure.</summary>
/// <remarks>
/// In profile data, CleverTap returns a phone number as a JSON number and a numeric identity as text. Senders that match a record by its
/// echo must handle this.
/// </remarks>
internal static class RecordEcho
{
    public static ReadOnlyMemory<byte> Create(UploadedRecord record)
    {
        if (record.ProfileData.Kind != JsonValueKind.Object)
        {
            return record.Json.Raw;
        }

        return Rewrite(record.Json, (name, value) => name.SequenceEqual("profileData"u8) ? Rewrite(value, RewriteAttribute) : value.Raw);
    }

    private delegate ReadOnlyMemory<byte> RewriteMember(ReadOnlySpan<byte> name, JsonSlice value);

    private static ReadOnlyMemory<byte> RewriteAttribute(ReadOnlySpan<byte> name, JsonSlice value)
    {
        if (name.SequenceEqual("Phone"u8) && IsPlusAndDigits(value))
        {
            return ToNumber(value);
        }

        if (name.SequenceEqual("identity"u8) && value.Kind == JsonValueKind.Number)
        {
            return JsonSlice.FromText(value.ToText()).Raw;
        }

        return value.Raw;
    }

    private static bool IsPlusAndDigits(JsonSlice value) =>
        value.Raw.Length > 3 && value.Span.StartsWith("\"+"u8) && !value.Span[2..^1].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static ReadOnlyMemory<byte> ToNumber(JsonSlice phone)
    {
        ReadOnlyMemory<byte> digits = phone.Raw[2..^1];
        int first = digits.Span.IndexOfAnyExcept((byte)'0');
        return first < 0 ? digits[..1] : digits[first..];
    }

    private static ReadOnlyMemory<byte> Rewrite(JsonSlice json, RewriteMember rewrite)
    {
        var output = new Utf8Buffer();
        output.Append((byte)'{');
        var members = new MemberReader(json);
        while (members.Next())
        {
            output.Append(output.Length > 1 ? ",\""u8 : "\""u8);
            output.Append(members.NameSpan);
            output.Append("\":"u8);
            output.Append(rewrite(members.NameSpan, members.Value).Span);
        }

        output.Append((byte)'}');
        return output.Written.ToArray();
    }
}
