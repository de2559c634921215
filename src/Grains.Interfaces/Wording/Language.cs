namespace AwoooP.Wording;

/// <summary>The languages that texts for people are kept in.</summary>
public enum Language
{
    None = 0,
    English,
    TraditionalChinese,
}
