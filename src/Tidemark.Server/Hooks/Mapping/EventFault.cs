namespace Tidemark.Server.Hooks.Mapping;

/// <summary>Why no document can be made of an event.</summary>
internal sealed class EventFault(string message, string remedy) : Exception(message)
{
    /// <summary>What to do.</summary>
    public string Remedy => remedy;

    /// <summary>What the JSON reader says to half a surrogate pair.</summary>
    public static EventFault NoUnicode => new("it has half of a surrogate pair", "have the sender send valid Unicode");

    /// <summary>A word of an event in a message that is kept: what is no short word is no name of anything and is not shown.</summary>
    public static string Shown(string word) => word.Length <= 100 && !word.Any(char.IsControl) ? $"'{word}'" : "something that is no name";
}
