using System.Reflection;

namespace Tidemark.Library.Tests;

/// <summary>Types as C# writes them, without their namespaces.</summary>
internal static class SurfaceNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool",
        [typeof(byte)] = "byte", [typeof(char)] = "char", [typeof(int)] = "int", [typeof(uint)] = "uint",
        [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(short)] = "short", [typeof(ushort)] = "ushort",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
    };

    public static string Of(Type type) => Of(type, null);

    /// <param name="type">The type.</param>
    /// <param name="nullability">Of the place where it stands; null: not known.</param>
    public static string Of(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability?.ElementType ?? nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Of(inner) + "?";
        }

        var mark = nullability?.ReadState == NullabilityState.Nullable && !type.IsValueType && !type.IsGenericParameter ? "?" : "";
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[]{mark}";
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword + mark;
        }

        var outer = type is { IsNested: true, IsGenericParameter: false } ? Of(type.DeclaringType!) + "." : "";
        if (!type.IsGenericType)
        {
            return outer + type.Name + mark;
        }

        var arguments = type.GetGenericArguments();
        var names = arguments.Select((a, i) => Of(a, nullability?.GenericTypeArguments.ElementAtOrDefault(i)));
        return $"{outer}{Plain(type)}<{string.Join(", ", names)}>{mark}";
    }

    /// <summary>Without the number of type arguments.</summary>
    public static string Plain(Type type) =>
        type.Name.IndexOf('`', StringComparison.Ordinal) is >= 0 and var tick ? type.Name[..tick] : type.Name;
}
