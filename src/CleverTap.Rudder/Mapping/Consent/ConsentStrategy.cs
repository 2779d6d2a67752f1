namespace CleverTap.Rudder;

/// <summary>How several required consents are combined.</summary>
public enum ConsentStrategy
{
    /// <summary>Each of them is needed: an event that denies one is filtered.</summary>
    And,

    /// <summary>One of them is enough: an event that denies all is filtered.</summary>
    Or,
}
