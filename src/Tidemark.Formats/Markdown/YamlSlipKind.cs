namespace Tidemark.Formats;

internal enum YamlSlipKind
{
    /// <summary>A key stands in its mapping already.</summary>
    Repeated,

    /// <summary>A key has invisible characters, or a colon too many, around it.</summary>
    Surrounded,

    /// <summary>A value has invisible characters around it.</summary>
    Invisible,

    /// <summary>A line of a text that was meant as a key or an item: <c>team:ops</c>, <c>-a</c>.</summary>
    Joined,

    /// <summary>A line of a text that was meant as an item of a list, below a key that has a value: <c>- x</c>.</summary>
    Item,
}
