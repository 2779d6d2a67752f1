using System.Runtime.CompilerServices;

namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>Names members of the library and the emulator, so that the compiler finds a claim about a member that is gone.</summary>
internal static class Member
{
    /// <summary>Returns a static member as it is written in code, such as <c>CleverTapRules.NameBytes</c>.</summary>
    public static string Of<T>(T member, [CallerArgumentExpression(nameof(member))] string text = "")
    {
        _ = member;
        return text;
    }

    /// <summary>Returns the name of an option of the mapping.</summary>
    public static string Option(string name) => $"{nameof(MappingOptions)}.{name}";

    /// <summary>Returns the name of a method of the client.</summary>
    public static string Client(string name) => $"{nameof(CleverTapClient)}.{name}";

    /// <summary>Returns the name of a standard profile field, such as <c>StandardField.Email</c>.</summary>
    public static string Field(string name) => $"{nameof(Internal.Records.StandardField)}.{name}";
}
