namespace CleverTap.Rudder;

/// <summary>The platforms on which RudderStack can send events through CleverTap's own SDK (device mode).</summary>
[Flags]
public enum NativeSdkPlatforms
{
    /// <summary>No platform: every event is sent from here.</summary>
    None = 0,

    /// <summary>Web pages: <c>channel</c> is <c>web</c>.</summary>
    Web = 1,

    /// <summary>Android apps: <c>channel</c> is <c>mobile</c> and <c>context.os.name</c> is Android.</summary>
    Android = 2,

    /// <summary>Apps on iOS, iPadOS, tvOS and watchOS: <c>channel</c> is <c>mobile</c> and <c>context.os.name</c> is one of them.</summary>
    Ios = 4,

    /// <summary>Apps built with React Native, on either system.</summary>
    ReactNative = 8,

    /// <summary>All of them.</summary>
    All = Web | Android | Ios | ReactNative,
}
