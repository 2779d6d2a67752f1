namespace CleverTap.Rudder.Internal.Client;

/// <summary>What to do after a response.</summary>
internal enum NextStep
{
    /// <summary>CleverTap answered record by record: write the outcomes.</summary>
    Evaluate,

    /// <summary>The upload failed: isolate the bad record, or wait until CleverTap works again.</summary>
    Retry,

    /// <summary>CleverTap is busy: wait, and send less at once.</summary>
    Throttle,

    /// <summary>The upload is rejected as a whole: halve it, to find the bad record.</summary>
    Split,

    /// <summary>The upload's only record is rejected.</summary>
    Reject,

    /// <summary>Its events are undelivered.</summary>
    GiveUp,

    /// <summary>No upload can succeed: the credentials are refused.</summary>
    Stop,
}
