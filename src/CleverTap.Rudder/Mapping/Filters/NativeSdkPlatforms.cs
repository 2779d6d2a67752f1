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

    /// <summary>
    /// Apps built with React Native: <c>channel</c> is <c>mobile</c> and <c>context.library.name</c> holds <c>react</c>. Such an event
    /// goes by this flag alone, whatever its system.
    /// </summary>
    /// <remarks>
    /// RudderStack's React Native SDK wraps the Android and iOS SDKs, whose library names its events carry (versions 1 to 3), so that
    /// they look like the events of those. Set <see cref="Android"/> and <see cref="Ios"/> too if all your apps are built with React
    /// Native; <c>RudderDestinationConfig.Parse</c> does so for the source type <c>reactnative</c>. Without them such an event is
    /// sent from here too, and not lost.
    /// </remarks>
    ReactNative = 8,

    /// <summary>All of them.</summary>
    All = Web | Android | Ios | ReactNative,
}
