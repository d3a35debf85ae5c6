namespace Tidemark.Wording;

/// <summary>What a character does in a text, as far as words go.</summary>
internal enum LetterClass : byte
{
    /// <summary>Ends a word.</summary>
    Separator,
    Lower,
    Upper,
    Digit,

    /// <summary>An accent or point: the word is the same without it.</summary>
    Mark,

    /// <summary>Of no meaning for words, and not seen.</summary>
    Unseen,

    /// <summary>Between two words it makes them parts of one name.</summary>
    Joiner,

    /// <summary>Of a script that is written without blanks.</summary>
    Paired,

    /// <summary>The same, and a word by itself.</summary>
    Ideograph,

    /// <summary>Belongs to the character before: a vowel sign, for instance.</summary>
    Extender,

    /// <summary>A picture that is a word by itself.</summary>
    Symbol,
}
