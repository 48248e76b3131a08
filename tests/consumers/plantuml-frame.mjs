// The texts around a PlantUML diagram: title, header, footer, caption, legend.
//   in : the root element of its SVG
//   out: each text as a whole and line by line
import { all, classes, lines, named, shownText, textOf } from './xml.mjs';

const FRAMES = ['title', 'header', 'footer', 'caption', 'legend'];

export const isFrame = element => element.name === 'g' && classes(element).some(name => FRAMES.includes(name));

export const frameTexts = root => all(root, isFrame).flatMap(frame => {
  const texts = all(frame, named('text'));
  return [shownText(frame), ...lines(texts), ...texts.map(textOf)];
});
