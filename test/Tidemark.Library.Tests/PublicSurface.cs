using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tidemark.Library.Tests;

/// <summary>The types and members of an assembly that programs can reach, as sorted text.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly, Func<Type, bool>? only = null)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetTypes()
            .Where(t => t.IsVisible && (only is null || only(t)))
            .OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(HeadOf(type)).Append('\n');
            foreach (var member in MembersOf(type).Order(StringComparer.Ordinal).DistinctBy(m => m, StringComparer.Ordinal))
            {
                text.Append("  ").Append(member[(member.IndexOf('\0', StringComparison.Ordinal) + 1)..]).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string HeadOf(Type type)
    {
        var kind = type.IsEnum ? "enum"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class" : "class";
        var bases = new List<string>();
        if (type.BaseType is { } parent && kind.EndsWith("class", StringComparison.Ordinal) && parent != typeof(object))
        {
            bases.Add(SurfaceNames.Of(parent));
        }

        if (kind is not ("enum" or "delegate"))
        {
            bases.AddRange(type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Select(SurfaceNames.Of).Order(StringComparer.Ordinal));
        }

        return $"{kind} {type.Namespace}.{SurfaceNames.Of(type)}{(bases.Count == 0 ? "" : " : " + string.Join(", ", bases))}";
    }

    /// <summary>Each with a prefix up to a NUL that sorts it: constructors, fields, the rest by name.</summary>
    private static IEnumerable<string> MembersOf(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{Convert.ToInt64(Enum.Parse(type, name)):D8}\0{name}");
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return ["\0" + SurfaceMembers.Of(type.GetMethod("Invoke")!)];
        }

        return type.GetMembers(Declared)
            .Where(m => m is not Type && m.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Select(SurfaceMembers.Describe)
            .OfType<string>();
    }
}
