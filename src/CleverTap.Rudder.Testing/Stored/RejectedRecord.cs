using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Testing.Validation;

namespace CleverTap.Rudder.Testing;

/// <summary>A record that the emulator rejected. Immutable.</summary>
public sealed class RejectedRecord
{
    private readonly Lazy<JsonElement> record;

    internal RejectedRecord(UploadedRecord uploaded, Rejection rejection)
    {
        RecordNumber = uploaded.Number;
        Code = (int)rejection.Code;
        Error = RecordErrors.Format(rejection, uploaded.Number);
        JsonSlice copy = uploaded.Json.Copy();
        record = new Lazy<JsonElement>(() => copy.ToElement());
    }

    /// <summary>Its place in the upload, counted from 1.</summary>
    public int RecordNumber { get; }

    /// <summary>CleverTap's record code, such as 515 for an e-mail address that is not one (CleverTap docs, API errors).</summary>
    public int Code { get; }

    /// <summary>The words of the response.</summary>
    public string Error { get; }

    /// <summary>The record as it was sent. The response's echo of it may differ: see the package's README.</summary>
    public JsonElement Record => record.Value;
}
