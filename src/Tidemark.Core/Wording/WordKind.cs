namespace Tidemark.Wording;

/// <summary>What a word is of the text that it was read from. Only some count as a place of their own; the others share that of the last.</summary>
public enum WordKind
{
    /// <summary>A run of letters, digits and their marks; or a character that stands alone. Has a place.</summary>
    Word,

    /// <summary>The same, joined to the word before by one character (<c>_ - . /</c> …). Has a place.</summary>
    Joined,

    /// <summary>The first pair of neighbouring characters of a run in a script that is written without blanks. Has a place.</summary>
    Bigram,

    /// <summary>The next pair of the same run, which shares a character with the one before. Has a place.</summary>
    NextBigram,

    /// <summary>A part of a word: <c>user</c> of <c>getUserById</c>, <c>2345</c> of <c>TS2345</c>.</summary>
    Part,

    /// <summary>Two words with what joins them: <c>file_watcher</c>, <c>1.2</c>; or a word with the signs of its name: <c>c++</c>, <c>.net</c>.</summary>
    Pair,

    /// <summary>The word with its accents and points, where it has some; the word itself where its stem stands in its place.</summary>
    Exact,

    /// <summary>One ideograph of a run, so that it is found alone.</summary>
    Single,
}
