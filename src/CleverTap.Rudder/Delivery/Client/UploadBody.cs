namespace CleverTap.Rudder;

/// <summary>The body of an upload, <c>{"d":[…]}</c>, joined from the records' bytes.</summary>
internal static class UploadBody
{
    public static int LengthOf(int records, int recordBytes) => """{"d":[]}""".Length + recordBytes + Math.Max(0, records - 1);

    public static byte[] Of(IReadOnlyList<CleverTapRecord> records)
    {
        var body = new byte[LengthOf(records.Count, records.Sum(record => record.Utf8Json.Length))];
        Span<byte> rest = Write(body, """{"d":["""u8);
        for (int i = 0; i < records.Count; i++)
        {
            if (i > 0) rest = Write(rest, ","u8);
            rest = Write(rest, records[i].Utf8Json.Span);
        }

        Write(rest, "]}"u8);
        return body;
    }

    private static Span<byte> Write(Span<byte> target, ReadOnlySpan<byte> text)
    {
        text.CopyTo(target);
        return target[text.Length..];
    }
}
