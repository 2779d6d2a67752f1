using System.Collections.Concurrent;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace CleverTap.Rudder.Tests.House;

/// <summary>The types of a compiled package, the folders that they stand in, and what each of them uses.</summary>
internal sealed class CompiledTypes
{
    private static readonly ConcurrentDictionary<string, CompiledTypes> Packages = new();

    private readonly Dictionary<string, string> folders;
    private readonly ModuleDefinition module;
    private readonly Lazy<Use[]> uses;

    private CompiledTypes(string package)
    {
        string source = Path.Combine(Repository.Root, "src", package);
        folders = Directory
            .GetFiles(source, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(source, file))
            .Where(file => !file.StartsWith("obj", StringComparison.Ordinal) && !file.StartsWith("bin", StringComparison.Ordinal))
            .DistinctBy(TypeOf)
            .ToDictionary(TypeOf, file => Path.GetDirectoryName(file)!.Replace('\\', '/'));
        module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, package + ".dll"));
        uses = new Lazy<Use[]>(() => [.. FindUses()]);
    }

    /// <summary>The folders that hold compiled types.</summary>
    public IEnumerable<string> Folders => module.Types.Where(type => folders.ContainsKey(NameOf(type))).Select(FolderOf).Distinct();

    /// <summary>Every use of a type of the package by a member of a type in another folder.</summary>
    public IReadOnlyList<Use> Uses => uses.Value;

    /// <summary>Reads a package once.</summary>
    public static CompiledTypes Of(string package) => Packages.GetOrAdd(package, static name => new CompiledTypes(name));

    /// <summary>Internal types outside the namespace of their folder, and public ones outside the package's own.</summary>
    public IEnumerable<string> Misplaced(string publicNamespace, Func<string, string> internalNamespace) =>
        from type in module.Types
        where folders.ContainsKey(NameOf(type))
        let expected = type.IsPublic ? publicNamespace : internalNamespace(FolderOf(type))
        where type.Namespace != expected && !type.Namespace.StartsWith("Microsoft.", StringComparison.Ordinal)
        select $"{type.FullName} should be in {expected}";

    private IEnumerable<Use> FindUses() =>
        from type in module.GetTypes()
        from use in UsesOf(type)
        let owner = OutermostOf(type)
        let used = OutermostOf(use.Type)
        where folders.ContainsKey(NameOf(owner)) && folders.ContainsKey(NameOf(used)) && FolderOf(owner) != FolderOf(used)
        select new Use($"{NameOf(owner)}.{use.Member}", FolderOf(owner), NameOf(used), FolderOf(used));

    private static string TypeOf(string file) => Path.GetFileName(file).Split('.')[0];

    private static string NameOf(TypeReference type) => type.Name.Split('`')[0];

    private string FolderOf(TypeReference type) => folders[NameOf(type)];

    private static TypeReference OutermostOf(TypeReference type) => type.DeclaringType is null ? type : OutermostOf(type.DeclaringType);

    private IEnumerable<(string Member, TypeReference Type)> UsesOf(TypeDefinition type)
    {
        IEnumerable<(string, TypeReference)> signatures =
        [
            .. Named("its bases", [type.BaseType, .. type.Interfaces.Select(one => one.InterfaceType)]),
            .. Named("its attributes", type.CustomAttributes.Select(one => one.AttributeType)),
            .. type.GenericParameters.SelectMany(one => Named(one.Name, one.Constraints.Select(constraint => constraint.ConstraintType))),
            .. type.Fields.SelectMany(field => Named(field.Name, [field.FieldType])),
        ];
        return signatures.Concat(type.Methods.SelectMany(method => Named(method.Name, TypesOf(method)))).Where(use => IsOwn(use.Item2));
    }

    private static IEnumerable<(string, TypeReference)> Named(string member, IEnumerable<TypeReference?> types) =>
        types.OfType<TypeReference>().SelectMany(Parts).Select(type => (member, type));

    private static IEnumerable<TypeReference?> TypesOf(MethodDefinition method)
    {
        IEnumerable<TypeReference?> signature = [method.ReturnType, .. method.Parameters.Select(one => one.ParameterType)];
        return method.HasBody
            ? [.. signature, .. method.Body.Variables.Select(one => one.VariableType), .. method.Body.Instructions.SelectMany(TypesOf)]
            : signature;
    }

    private static IEnumerable<TypeReference?> TypesOf(Instruction instruction) =>
        instruction.Operand switch
        {
            GenericInstanceMethod call => [call.DeclaringType, .. call.GenericArguments],
            MemberReference and TypeReference type => [type],
            MethodReference call => [call.DeclaringType, call.ReturnType],
            FieldReference field => [field.DeclaringType, field.FieldType],
            _ => [],
        };

    /// <summary>A type and the types that its name is made of: elements of arrays, arguments of generic types.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) =>
        type switch
        {
            GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
            TypeSpecification specification => Parts(specification.ElementType),
            _ => [type],
        };

    private bool IsOwn(TypeReference type) => type.Scope == module;

    /// <summary>A member uses a type of another folder.</summary>
    internal sealed record Use(string Member, string From, string Type, string To);
}
