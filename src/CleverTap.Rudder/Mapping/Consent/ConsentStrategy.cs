namespace CleverTap.Rudder;

/// <summary>Specifies how several required consents are combined.</summary>
public enum ConsentStrategy
{
    /// <summary>All consents are needed: an event that denies one is filtered.</summary>
    And,

    /// <summary>One consent is enough: an event that denies all is filtered.</summary>
    Or,
}
