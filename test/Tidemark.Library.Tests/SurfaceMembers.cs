using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tidemark.Library.Tests;

/// <summary>Members as a line of C#.</summary>
internal static class SurfaceMembers
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Null: programs cannot reach it, or it is part of another member.</summary>
    public static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when Reach(constructor) is { } reach && !constructor.IsStatic =>
            $"0\0{reach}{SurfaceNames.Plain(member.DeclaringType!)}({Parameters(constructor)})",
        FieldInfo field when (field.IsPublic || field.IsFamily) && !field.IsSpecialName => $"1{field.Name}\0{Of(field)}",
        PropertyInfo property when Accessors(property) is { Length: > 0 } accessors =>
            $"2{property.Name}\0{Of(property)} {{ {accessors} }}",
        MethodInfo { IsSpecialName: false } method when Reach(method) is not null && !IsGenerated(method) =>
            $"2{method.Name} {Parameters(method)}\0{Of(method)}",
        MethodInfo { IsSpecialName: true } method when method.IsPublic && method.Name.StartsWith("op_", StringComparison.Ordinal)
            && method.Name is not ("op_Equality" or "op_Inequality") => $"2{method.Name} {Parameters(method)}\0{Of(method)}",
        EventInfo named when named.AddMethod is { IsPublic: true } =>
            $"2{named.Name}\0event {SurfaceNames.Of(named.EventHandlerType!)} {named.Name}",
        _ => null,
    };

    public static string Of(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(t => t.Name))}>"
            : "";
        var result = SurfaceNames.Of(method.ReturnType, Nullability.Create(method.ReturnParameter));
        return $"{Reach(method)}{Modifier(method)}{result} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Of(FieldInfo field) => field switch
    {
        { IsLiteral: true } => $"const {SurfaceNames.Of(field.FieldType)} {field.Name} = {Value(field.GetRawConstantValue())}",
        _ => $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{SurfaceNames.Of(field.FieldType)} {field.Name}",
    };

    private static string Of(PropertyInfo property)
    {
        var accessor = property.GetMethod ?? property.SetMethod!;
        var required = property.IsDefined(typeof(RequiredMemberAttribute), inherit: false) ? "required " : "";
        return $"{Reach(accessor)}{required}{Modifier(accessor)}{SurfaceNames.Of(property.PropertyType, Nullability.Create(property))} {property.Name}";
    }

    private static string Accessors(PropertyInfo property)
    {
        var accessors = new List<string>();
        if (property.GetMethod is { } get && Reach(get) is not null && property.Name != "EqualityContract")
        {
            accessors.Add("get;");
        }

        if (property.SetMethod is { } set && Reach(set) is not null)
        {
            var isInit = set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
            accessors.Add(isInit ? "init;" : "set;");
        }

        return string.Join(' ', accessors);
    }

    private static string? Reach(MethodBase method) => method switch
    {
        { IsPublic: true } => "",
        { IsFamily: true } or { IsFamilyOrAssembly: true } => "protected ",
        _ => null,
    };

    private static string Modifier(MethodInfo method) => method switch
    {
        { DeclaringType.IsInterface: true, IsAbstract: true } => "",
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } when method.GetBaseDefinition() != method => "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    /// <summary>What the compiler writes for every record.</summary>
    private static bool IsGenerated(MethodInfo method) =>
        method.Name is "<Clone>$" or "PrintMembers" or "Deconstruct" || method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Of));

    private static string Of(ParameterInfo parameter)
    {
        var by = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true } => parameter.IsIn ? "in " : "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) => "params ",
            _ when parameter.Position == 0 && parameter.Member.IsDefined(typeof(ExtensionAttribute), inherit: false) => "this ",
            _ => "",
        };
        var standard = !parameter.HasDefaultValue ? "" : $" = {(parameter.DefaultValue is { } value ? Value(value) : DefaultOf(parameter))}";
        return $"{by}{SurfaceNames.Of(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{standard}";
    }

    private static string DefaultOf(ParameterInfo parameter) =>
        parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null";

    private static string Value(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
