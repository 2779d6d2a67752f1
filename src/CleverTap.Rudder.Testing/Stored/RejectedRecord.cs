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

    /// <summary>Gets the number of the record in the upload, counted from 1.</summary>
    public int RecordNumber { get; }

    /// <summary>Gets CleverTap's record code, such as 515 for an invalid e-mail address (CleverTap docs, API errors).</summary>
    public int Code { get; }

    /// <summary>Gets the error text of the response.</summary>
    public string Error { get; }

    /// <summary>Gets the record as it was sent. Its echo in the response may differ: see the README of the package.</summary>
    public JsonElement Record => record.Value;
}
