namespace CleverTap.Rudder;

/// <summary>What to do after an answer.</summary>
internal enum NextStep
{
    /// <summary>CleverTap judged the records one by one: note the outcomes.</summary>
    Judge,

    /// <summary>Wait, then send the same upload again.</summary>
    Retry,

    /// <summary>Send the two halves of the upload one after the other, to find the record that spoils it.</summary>
    Split,

    /// <summary>The upload's only record is refused.</summary>
    Reject,

    /// <summary>Its events, and those behind them in the lane, are undelivered.</summary>
    GiveUp,

    /// <summary>Everything not yet sent is undelivered: no upload can succeed.</summary>
    Stop,
}
